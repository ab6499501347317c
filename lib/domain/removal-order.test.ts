import { expect, test } from "vitest";

import { removalOrder } from "./removal-order";

const references = [
  { table: "charge", target: "invoice" },
  { table: "ledger_entry", target: "charge" },
  { table: "ledger_entry", target: "invoice" },
  { table: "invoice", target: "organization" },
];

test("what refers to a table is emptied before it", () => {
  expect(removalOrder(["invoice", "charge", "ledger_entry", "team"], references)).toEqual([
    ...["ledger_entry", "team", "charge", "invoice"],
  ]);
});

test("tables in a circle, and what they refer to, are left to be removed together", () => {
  const circle = [
    { table: "a", target: "b" },
    { table: "b", target: "a" },
    { table: "a", target: "c" },
  ];
  expect(removalOrder(["a", "b", "c", "d"], circle)).toEqual(["d"]);
});
