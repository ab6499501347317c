import { beforeEach, expect, test } from "vitest";
import { accountInput } from "@/lib/accounts/schema";
import { createAccount } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { getCoverage } from "@/lib/coverage/service";
import type { CoverageState } from "@/lib/domain/coverage";
import { invoiceFacts } from "@/lib/invoices/schema";
import { postInvoice } from "@/lib/invoices/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { importFile } from "@/lib/testing/imports";
import { usageCharge, usd } from "@/lib/testing/invoices";
import { anOrganization } from "@/lib/testing/organization";

// What the coverage of an API account says beside what posting estimates (domain rule 4), against PostgreSQL.

const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";
const used = (...rows: readonly [day: string, workspace: string][]) =>
  HEADER + rows.map(([day, name]) => `${day},Claude Opus 4.5,${name},,message,output,10.00\n`).join("");

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
});

let invoices = 0;
const bill = (apiAccountId: string, days?: { start: string; end: string }) => {
  const line = usageCharge(apiAccountId, 5_000);
  return postInvoice(
    ctx,
    invoiceFacts.parse({
      number: `INV-${++invoices}`,
      serviceProviderId: books.providers.anthropic,
      issueDate: "2026-10-31",
      billedCost: usd(5_000),
      charges: [days ? { ...line, chargePeriod: days } : line],
    }),
  );
};

/** September, October, November. */
async function states(name = "Anthropic organization"): Promise<CoverageState[]> {
  const { contracts } = await getCoverage(ctx, { from: "2026-09", to: "2026-11" });
  return contracts.find((each) => each.name === name)?.months.map(({ state }) => state) ?? [];
}

const estimates = async () => (await states())[1];

test("use without an invoice is an estimate, and a month without either is missing", async () => {
  await importFile(ctx, "a.csv", used(["2026-10-02", "prod"]));
  expect(await states()).toEqual(["not_expected", "estimated", "missing"]);
});

test("use before the account was entered is estimated, and so it says", async () => {
  await importFile(ctx, "a.csv", used(["2026-09-02", "prod"]));
  expect((await states())[0]).toBe("estimated");
});

test("an invoice on the ancestor covers the use of all below it", async () => {
  await importFile(ctx, "a.csv", used(["2026-10-02", "prod"], ["2026-10-03", "dev"]));
  await bill(books.accounts.organization);
  expect(await estimates()).toBe("billed");
});

test("an invoice on one account leaves the use of its sibling estimated", async () => {
  await importFile(ctx, "a.csv", used(["2026-10-02", "prod"], ["2026-10-03", "dev"]));
  await bill(books.accounts.prod);
  expect(await estimates()).toBe("partly_billed");
  await bill(books.accounts.dev);
  expect(await estimates()).toBe("billed");
});

test("days that the invoice leaves open are estimated beside it", async () => {
  await importFile(ctx, "a.csv", used(["2026-10-02", "prod"], ["2026-10-20", "prod"]));
  await bill(books.accounts.organization, { start: "2026-10-01", end: "2026-10-16" });
  expect(await estimates()).toBe("partly_billed");
});

test("what nobody has matched counts as the only account's, and as no one's beside another", async () => {
  await importFile(ctx, "a.csv", used(["2026-10-02", "Mystery"]));
  expect(await estimates()).toBe("estimated");
  const second = { name: "Second organization", serviceProviderId: books.providers.anthropic };
  await createAccount(ctx, accountInput.parse({ ...second, kind: "organization" }));
  expect((await states("Second organization"))[1]).not.toBe("estimated");
  expect(await estimates()).not.toBe("estimated");
});
