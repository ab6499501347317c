import { ROLE_NAMES } from "@/components/settings/roles-field";
import { Badge } from "@/components/ui/badge";
import { useToday } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import type { User } from "@/lib/users/schema";

type UserTableProps = {
  readonly users: readonly User[];
  readonly openId: string | null;
  readonly onOpen?: (id: string) => void;
};

/** Who has access, with what they are, until when. */
export function UserTable({ users, openId, onOpen }: UserTableProps) {
  const today = useToday();
  return (
    <Table caption="People with access" divided>
      <TableHead>
        <tr>
          <Column pinned>Name</Column>
          <Column>E-mail</Column>
          <Column>Roles</Column>
          <Column>
            <span className="sr-only">State</span>
          </Column>
          <Column>Until</Column>
        </tr>
      </TableHead>
      <tbody>
        {users.map(({ id, name, email, roles, roleEndsOn, suspended }) => (
          <Row key={id} selected={id === openId}>
            <RowHead pinned className="font-normal">
              {onOpen ? (
                <button
                  type="button"
                  onClick={() => onOpen(id)}
                  className="min-h-6 rounded-sm text-left hover:text-link hover:underline"
                >
                  {name}
                </button>
              ) : (
                name
              )}
            </RowHead>
            <Cell className="text-muted">{email}</Cell>
            <Cell>{roles.map((role) => ROLE_NAMES[role]).join(", ")}</Cell>
            <Cell>
              {suspended && <Badge tone="warning">suspended</Badge>}
              {roleEndsOn !== null && roleEndsOn <= today && <Badge>ended</Badge>}
            </Cell>
            <Cell className="whitespace-nowrap text-muted">{roleEndsOn ? dateText(roleEndsOn) : "·"}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
