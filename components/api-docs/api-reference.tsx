import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";

type Parameter = { readonly name: string; readonly in: string; readonly required: boolean };

export type ApiOperation = {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /** The JSON schema of the body. */
  readonly body: unknown;
};

type ApiReferenceProps = {
  /** By the first word of the path. */
  readonly groups: readonly { readonly name: string; readonly operations: readonly ApiOperation[] }[];
  readonly refusals: readonly { readonly code: string; readonly status: number }[];
};

/** The interface for people: every operation with what it takes, and every refusal. */
export function ApiReference({ groups, refusals }: ApiReferenceProps) {
  return (
    <div className="flex flex-col gap-3">
      {groups.map(({ name, operations }) => (
        <Card key={name} labelledBy={`group-${name}`}>
          <h2 id={`group-${name}`} className="mb-2 font-bold">
            {name}
          </h2>
          <ul className="flex flex-col gap-2">
            {operations.map((operation) => (
              <Operation key={`${operation.method} ${operation.path}`} {...operation} />
            ))}
          </ul>
        </Card>
      ))}
      <Card flush labelledBy="refusals">
        <h2 id="refusals" className="px-4 pt-3 font-bold">
          Refusals
        </h2>
        <Table caption="Codes of refusals with their status" divided>
          <TableHead>
            <tr>
              <Column>code</Column>
              <Column figures>status</Column>
            </tr>
          </TableHead>
          <tbody>
            {refusals.map(({ code, status }) => (
              <Row key={code} id={code}>
                <RowHead className="font-mono">{code}</RowHead>
                <Cell figures>{status}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Card>
    </div>
  );
}

function Operation({ method, path, summary, parameters, body }: ApiOperation) {
  return (
    <li>
      <details>
        <summary className="flex flex-wrap items-baseline gap-x-3">
          <Badge>{method}</Badge>
          <code className="min-w-0 wrap-anywhere font-mono">{path}</code>
          <span className="text-muted">{summary}</span>
        </summary>
        <div className="my-2 flex flex-col gap-2 pl-4">
          {parameters.length > 0 && (
            <p className="text-muted">
              {parameters.map(({ name, in: place, required }, index) => (
                <span key={name}>
                  {index > 0 && ", "}
                  <code className="font-mono text-ink">{name}</code> in {place}
                  {required ? "" : ", optional"}
                </span>
              ))}
            </p>
          )}
          {body !== undefined && (
            <pre className="whitespace-pre-wrap break-words rounded-md bg-subtle p-3 font-mono text-small">
              {JSON.stringify(body, null, 2)}
            </pre>
          )}
        </div>
      </details>
    </li>
  );
}
