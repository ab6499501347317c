import { beforeEach, expect, test } from "vitest";

import { changeAssignment, listAssignments } from "@/lib/assignments/service";
import type { Ctx } from "@/lib/auth/ctx";
import { postInvoice } from "@/lib/invoices/service";
import { SAID_COLUMNS } from "@/lib/ledger/entry-row-data";
import { rebuildLedger } from "@/lib/ledger/repost";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, seatCharge, usageCharge } from "@/lib/testing/invoices";
import { at, entryIds, expectRebuilt, keptLedger } from "@/lib/testing/kept-ledger";
import { anOrganization } from "@/lib/testing/organization";
import { asSuperuser } from "@/lib/testing/tenant-tables";

// Which rows of the ledger are written when it is made anew: those that differ, and no other.

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = at(await anOrganization({ booksStart: "2026-10" }), "2026-11-24");
  books = await someBooks(ctx);
  const charges = [seatCharge(books), usageCharge(books.accounts.prod, 70_00)];
  await postInvoice(ctx, anInvoice(books, { charges }));
});

const changeRows = (text: string) => asSuperuser((client) => client.query(text, [ctx.organization.id]));

test("every column is compared", async () => {
  const { rows } = await asSuperuser((client) =>
    client.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name = 'ledger_entry' ORDER BY ordinal_position`,
    ),
  );
  expect(["organization_id", "id", ...SAID_COLUMNS].sort()).toEqual(rows.map(({ name }) => name).sort());
});

test.each([
  ["says something else", "UPDATE ledger_entry SET cost_minor = cost_minor + 1 WHERE organization_id = $1"],
  ["is of another kind", "UPDATE ledger_entry SET unassigned = NOT unassigned WHERE organization_id = $1"],
  ["is gone", "DELETE FROM ledger_entry WHERE organization_id = $1 AND state = 'billed'"],
  [
    "is there twice",
    `INSERT INTO ledger_entry SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).*
     FROM ledger_entry e WHERE organization_id = $1`,
  ],
])("a row that %s is put right", async (_, text) => {
  const kept = await keptLedger(ctx);
  await changeRows(text);
  expect(await keptLedger(ctx)).not.toEqual(kept);
  await rebuildLedger(ctx);
  expect(await keptLedger(ctx)).toEqual(kept);
});

test("a change writes the rows that it changes", async () => {
  const before = new Set(await entryIds(ctx));
  const { data } = await listAssignments(ctx, { limit: 50 });
  const seat = data.find(({ member }) => member.id === books.members.ben);
  if (!seat) throw new Error("Ben holds a seat");
  await changeAssignment(ctx, { id: seat.id, version: seat.version, purpose: "product_running" });
  const after = await entryIds(ctx);
  // Ben's October, as invoiced, and his November, as estimated; Ada's seat, the idle ones and the use stay.
  expect(after.filter((id) => !before.has(id))).toHaveLength(2);
  expect(after).toHaveLength(before.size);
  await expectRebuilt(ctx);
});
