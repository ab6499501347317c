import { describe, expect, test } from "vitest";

import type { Fact, ReadOptions } from "./connector";
import { readCsv, recogniseCsv } from "./csv";
import { TEMPLATES } from "./templates";

const OPTIONS: ReadOptions = {
  fileName: "people.csv",
  style: { dateOrder: null, decimalSign: null },
  owner: null,
};

async function readText(text: string, options = OPTIONS) {
  async function* bytes() {
    yield new TextEncoder().encode(text);
  }
  const facts: Fact[] = [];
  const errors: object[] = [];
  const batches = readCsv(bytes(), (header) => {
    const found = recogniseCsv(header, options.fileName)!;
    expect(found.recognised.format).toBe("people_and_seats");
    return found.connector.open(found.recognised, options);
  });
  for await (const batch of batches) {
    facts.push(...batch.facts);
    errors.push(...batch.errors);
  }
  return { facts, errors };
}

describe("the template of people and seats", () => {
  test("is read without errors, the last day of a seat as the day after", async () => {
    const { facts, errors } = await readText(TEMPLATES["people-and-seats.csv"]);
    expect(errors).toEqual([]);
    expect(facts).toEqual([
      {
        kind: "person",
        line: 2,
        name: "Ada Example",
        email: "ada@example.com",
        team: "Platform",
        startsOn: "2026-01-01",
        subscription: "Claude Team",
        plan: "Team Standard",
        seatStartsOn: "2026-10-01",
        seatEndsOn: null,
      },
      expect.objectContaining({ line: 3, name: "Ben Example", seatEndsOn: "2027-01-01" }),
    ]);
  });
});

describe("a list of people", () => {
  test("is known by other names of its columns, in any order and case", async () => {
    const { facts } = await readText(
      "DEPARTMENT;Salary grade;E-mail;Full Name\r\nGrowth;7;Ada@Example.com;Ada\r\n",
    );
    expect(facts).toMatchObject([{ name: "Ada", email: "ada@example.com", team: "Growth", startsOn: null }]);
  });

  test("calls somebody by their address who has no name", async () => {
    const { facts } = await readText("email,team\nada@example.com,Growth\n");
    expect(facts).toMatchObject([{ name: "ada@example.com" }]);
  });

  test("is not seen in an export of use that has names and addresses, nor without either", () => {
    expect(recogniseCsv(["name", "email", "tokens"], "x.csv")).toBeNull();
    expect(recogniseCsv(["team", "subscription"], "x.csv")).toBeNull();
    expect(recogniseCsv(["name", "email"], "x.csv")?.recognised.format).toBe("people_and_seats");
  });

  test("names its columns of days as the file does", () => {
    const { recognised } = recogniseCsv(["Name", "Team", "Hire date", "Seat from"], "x.csv")!;
    expect(recognised).toMatchObject({ dateColumns: ["Hire date", "Seat from"], amountColumns: [] });
  });

  test.each([
    { name: "day first", dateOrder: "day_month" as const, typed: "03/04/2026", startsOn: "2026-04-03" },
    { name: "month first", dateOrder: "month_day" as const, typed: "03/04/2026", startsOn: "2026-03-04" },
    { name: "a day beyond 12", dateOrder: null, typed: "25/12/2026", startsOn: "2026-12-25" },
    { name: "a second part beyond 12", dateOrder: null, typed: "12/25/2026", startsOn: "2026-12-25" },
    { name: "dots", dateOrder: null, typed: "3.4.2026", startsOn: "2026-04-03" },
    { name: "ISO", dateOrder: "month_day" as const, typed: "2026-04-03", startsOn: "2026-04-03" },
  ])("reads days: $name", async ({ dateOrder, typed, startsOn }) => {
    const options = { ...OPTIONS, style: { dateOrder, decimalSign: null } };
    const { facts } = await readText(`name,team,member_since\nAda,Growth,${typed}\n`, options);
    expect(facts).toMatchObject([{ startsOn }]);
  });

  test.each([
    { row: "Ada,,Growth,03/04/2026,,,,", column: "Since", says: "two ways" },
    { row: "Ada,,Growth,2026-02-30,,,,", column: "Since", says: "Use a day like" },
    { row: "Ada,ada(at)example.com,Growth,,,,,", column: "Mail", says: "not an e-mail address" },
    { row: ",,Growth,,,,,", column: "Name", says: "names nobody" },
    { row: "Ada,,Growth,,,Team Standard,,", column: "Contract", says: "Name the subscription" },
    { row: "Ada,,Growth,,Claude,,2026-03-02,2026-03-01", column: "Seat end", says: "before its first" },
    { row: `${"x".repeat(101)},,Growth,,,,,`, column: "Name", says: "Shorten" },
  ])("refuses at $column what $says", async ({ row, column, says }) => {
    const header = "Name,Mail,Team,Since,Contract,Plan,Seat from,Seat end";
    const { facts, errors } = await readText(`${header}\n${row}\n`);
    expect(facts).toEqual([]);
    expect(errors).toEqual([{ line: 2, column, message: expect.stringContaining(says) }]);
  });
});
