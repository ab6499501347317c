import { glob } from "node:fs/promises";
import { resolve } from "node:path";
import type { ReactNode } from "react";
import { beforeAll, describe, expect, test } from "vitest";

import { newId } from "@/lib/db/id";
import { DomainError } from "@/lib/domain/errors";
import { asSession } from "@/lib/testing/ask";
import { leavesOf } from "@/lib/testing/fields";
import { PAGE_TABLE, type PageRow } from "@/lib/testing/page-table";
import { aSecondFactor, noSecondFactor } from "@/lib/testing/second-factor";
import { asSuperuser, findIds } from "@/lib/testing/tenant-tables";
import { aHalfSession, aSession, aWorld, PRINCIPALS, type Principal, type World } from "@/lib/testing/world";

// Pages, asked as Next asks them, without the proxy and the layout in front: each has to refuse by itself.

type Address = Readonly<Record<string, string>>;
type Page = (props: {
  params: Promise<Address>;
  searchParams: Promise<Address>;
}) => ReactNode | Promise<ReactNode>;

const onDisk: string[] = [];
for await (const file of glob("app/**/page.tsx")) onDisk.push(file);

let [ours, theirs]: World[] = [];
let foreign: readonly string[] = [];
beforeAll(async () => {
  [ours, theirs] = [await aWorld(), await aWorld()];
  foreign = await asSuperuser((client) => findIds(client, theirs!.owner.organization.id));
});

test("every page on disk has a row in the table, and every row a page", () => {
  expect(PAGE_TABLE.map(({ page }) => `app/${page}page.tsx`).sort()).toEqual(onDisk.sort());
});

/** What somebody gets of a page: "shown" with all that is handed to the browser, "not found", or where they are sent. */
async function look(
  { page, params = {} }: PageRow,
  who: Principal,
  searchParams: Address = {},
  session: typeof aSession = aSession,
) {
  const { default: render }: { default: Page } = await import(
    /* @vite-ignore */ resolve(`app/${page}page.tsx`)
  );
  const sessionId = who === "nobody" ? null : await session(ours!, who);
  const props = { params: Promise.resolve(params), searchParams: Promise.resolve(searchParams) };
  try {
    const shown = await asSession(sessionId, async () => await render(props));
    return { outcome: "shown", text: textOf(shown) };
  } catch (thrown) {
    const digest = String((thrown as { digest?: unknown }).digest ?? "");
    if (digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;404")) return { outcome: "not found", text: "" };
    if (digest.startsWith("NEXT_REDIRECT")) return { outcome: digest.split(";")[2] ?? "", text: "" };
    if (thrown instanceof DomainError && thrown.code === "forbidden") return { outcome: "refused", text: "" };
    throw thrown;
  }
}

/** All texts of what a page hands on, its data and its views' properties. */
function textOf(shown: unknown): string {
  const seen = new Set<object>();
  const walk = (value: unknown): string => {
    if (typeof value !== "object" || value === null) return String(value);
    if (seen.has(value)) return "";
    seen.add(value);
    return Object.values(value).map(walk).join("\n");
  };
  return walk(shown);
}

describe.each(PAGE_TABLE)("$page", (row) => {
  test("shows itself to whom the table says, and sends a stranger away", async () => {
    const outcomes: Record<string, string> = {};
    for (const who of PRINCIPALS) outcomes[who] = (await look(row, who)).outcome;
    const expected = PRINCIPALS.map((who) => [who, row.outcome(who)]);
    expect(outcomes).toEqual(Object.fromEntries(expected));
  });

  test("shows nothing of another organization, whatever its address asks for", async () => {
    const addresses: Address[] = [{}, ...idsAsked(row)];
    for (const address of addresses) {
      const { text } = await look(row, "owner", address);
      const asked = new Set(Object.values(address));
      expect(foreign.filter((id) => !asked.has(id) && text.includes(id))).toEqual([]);
    }
  });
});

/** Every word of an address that takes an id, with ids of the other organization. */
function idsAsked({ asks = [] }: PageRow): Address[] {
  const ids = leavesOf(theirs!.books).map(({ value }) => String(value));
  const known = [...ids, theirs!.invoice, theirs!.product, newId()];
  return asks.flatMap((name) => known.map((id) => ({ [name]: id })));
}

test("whoever still has to show a code, or to set one up, gets no page of the books", async () => {
  const outcomeOf = async (row: PageRow) => (await look(row, "auditor", {}, aHalfSession)).outcome;
  const books = PAGE_TABLE.filter(({ page }) => page.startsWith("(books)/"));
  const leadOn = new Set(["/second-factor", ...books.map((row) => row.outcome("nobody"))]);
  leadOn.delete("/sign-in");
  const gate = PAGE_TABLE.find(({ page }) => page === "(entry)/second-factor/")!;
  const id = ours!.owner.organization.id;
  const askOf = (roles: string) =>
    asSuperuser((client) =>
      client.query("UPDATE organization SET second_factor_roles = $2::role[] WHERE id = $1", [id, roles]),
    );
  for (const begin of [() => aSecondFactor(ours!, "auditor"), () => askOf("{auditor}")]) {
    await noSecondFactor(ours!, "auditor");
    await begin();
    for (const row of books) expect([row.page, leadOn.has(await outcomeOf(row))]).toEqual([row.page, true]);
    expect(await outcomeOf(gate)).toBe("shown");
  }
  await askOf("{}");
  expect(await outcomeOf(gate)).toBe("/budget");
});

test("the table tried ids of another organization, and there were some", () => {
  expect(foreign.length).toBeGreaterThan(50);
  expect(PAGE_TABLE.filter(({ asks }) => asks).length).toBeGreaterThan(5);
});
