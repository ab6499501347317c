import type { DateOrder } from "@/lib/domain/file-format";

import { optionalText, shown } from "./cells";
import {
  columnsOf,
  namerOf,
  present,
  type RecognisedColumns,
  type Spellings,
  unknownColumns,
} from "./columns";
import { type CsvConnector, type CsvRecord, type PersonFact, RowProblem } from "./connector";
import { dayAfter, styledDay } from "./styled-cells";

type Column =
  | "name"
  | "email"
  | "team"
  | "member_since"
  | "subscription"
  | "plan"
  | "seat_from"
  | "seat_until";

const SPELLINGS: Spellings<Column> = {
  name: ["full name", "display name", "person", "employee", "member", "user name"],
  email: ["e-mail", "email address", "e-mail address", "user email", "work email", "mail"],
  team: ["department", "cost centre", "cost center", "group"],
  member_since: ["in team since", "since", "start date", "hire date", "joined"],
  subscription: ["contract"],
  plan: ["seat type", "license type", "licence type", "tier"],
  seat_from: ["seat since", "seat start", "assigned on"],
  seat_until: ["seat end", "seat last day"],
};

const DAYS: readonly Column[] = ["member_since", "seat_from", "seat_until"];

/**
 * People, and the seats that they hold, one row for each seat: our own template, or a list out of a personnel system
 * that names a team or a subscription. `seat_until` is the last day of the seat.
 */
export const peopleAndSeats: CsvConnector = {
  recognise(header): RecognisedColumns<Column> | null {
    const columns = columnsOf(header, SPELLINGS);
    const whose = columns.name !== undefined || columns.email !== undefined;
    const known = columns.team !== undefined || columns.subscription !== undefined;
    // Many exports of use have a name and an address among columns of their own; a list of people has nothing else.
    const onlyPeople = columns.name !== undefined && columns.email !== undefined;
    if (!whose || !(known || (onlyPeople && unknownColumns(header, SPELLINGS).length === 0))) return null;
    return {
      format: "people_and_seats",
      version: "template",
      serviceProvider: null,
      dateColumns: present(columns, DAYS),
      amountColumns: [],
      columns,
    };
  },
  open(recognised, { style }) {
    const column = namerOf<Column>(recognised);
    return (record) => [personOf(record, column, style.dateOrder)];
  },
};

type Namer = (name: Column) => string;

function personOf(record: CsvRecord, column: Namer, order: DateOrder | null): PersonFact {
  const email = emailOf(record, column("email"));
  const name = optionalText(record, column("name"), 100) ?? email?.slice(0, 100);
  if (name === undefined) {
    throw new RowProblem(column("name"), "This row names nobody. Fill in a name or an e-mail address.");
  }
  const person: PersonFact = {
    kind: "person",
    line: record.line,
    name,
    email,
    team: optionalText(record, column("team")),
    startsOn: styledDay(record, column("member_since"), order),
    subscription: optionalText(record, column("subscription")),
    plan: optionalText(record, column("plan")),
    seatStartsOn: styledDay(record, column("seat_from"), order),
    seatEndsOn: dayAfter(record, column("seat_until"), order),
  };
  assertSeat(person, column);
  return person;
}

function assertSeat({ subscription, plan, seatStartsOn, seatEndsOn }: PersonFact, column: Namer): void {
  if (subscription === null && (plan ?? seatStartsOn ?? seatEndsOn) !== null) {
    throw new RowProblem(
      column("subscription"),
      "This row has a seat of no subscription. Name the subscription.",
    );
  }
  if (seatStartsOn !== null && seatEndsOn !== null && seatEndsOn <= seatStartsOn) {
    throw new RowProblem(
      column("seat_until"),
      "The last day of the seat is before its first. Correct one of them.",
    );
  }
}

function emailOf(record: CsvRecord, column: string): string | null {
  const text = optionalText(record, column, 254)?.normalize("NFC").toLowerCase();
  if (text === undefined) return null;
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return text;
  throw new RowProblem(column, `"${shown(text)}" is not an e-mail address. Correct it, or leave it empty.`);
}
