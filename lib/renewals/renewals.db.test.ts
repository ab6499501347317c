import { beforeAll, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { createPlanPrice } from "@/lib/catalogue/service";
import { transact } from "@/lib/db/client";
import { daysOf } from "@/lib/renewals/calendar";
import { createFeed, openFeed, readFeed, revokeFeed } from "@/lib/renewals/feed";
import { renewalFilter } from "@/lib/renewals/schema";
import { listRenewals } from "@/lib/renewals/service";
import { cataloguedBooks } from "@/lib/testing/advice-books";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { endUser } from "@/lib/users/service";

// What renews, from the contracts to a calendar that ends with its user's access.

let ctx: Ctx;
let books: Awaited<ReturnType<typeof cataloguedBooks>>;

beforeAll(async () => {
  ctx = { ...(await anOrganization()), now: new Date("2026-11-25T12:00:00Z") };
  books = await cataloguedBooks(ctx, ["Ada"]);
  const { teams, contract } = books;
  const anthropic = { provider: "Anthropic", plan: "Claude Team Standard", teamId: teams.platform };
  await contract({
    ...{ name: "Claude Team", ...anthropic, seats: 10, unitPriceMinor: 24_000, holders: [] },
    ...{ interval: "year", startsOn: "2026-03-08", noticeDays: 30 },
  });
  await contract({
    ...{ name: "Cursor Teams", provider: "Cursor", plan: "Cursor Teams Standard", teamId: teams.growth },
    ...{
      seats: 5,
      unitPriceMinor: 4_000,
      holders: [],
      startsOn: "2026-01-15",
      renewsOn: "2027-01-15",
      noticeDays: 30,
    },
  });
  await contract({
    ...{ name: "ChatGPT", provider: "OpenAI", plan: "ChatGPT Plus", teamId: teams.platform },
    ...{ seats: 1, unitPriceMinor: 2_300, currency: "EUR", holders: [], startsOn: "2026-10-20" },
  });
});

const list = (who = ctx, months = 13) => listRenewals(who, renewalFilter.parse({ months }));
const told = async (who = ctx) =>
  (await list(who)).data.map((row) => [
    row.subscription.name,
    row.renewsOn,
    row.cancelBy,
    row.baseCost?.minor,
  ]);

describe("renewals", () => {
  test("stand in time order, in the books' currency where there is a rate", async () => {
    // Cursor: 5 x 40.00 x 12; Claude: 10 x 240.00; there is no rate for the euros.
    expect(await told()).toEqual([
      ["ChatGPT", "2026-12-20", "2026-12-19", undefined],
      ["Cursor Teams", "2027-01-15", "2026-12-16", 240_000],
      ["Claude Team", "2027-03-08", "2027-02-06", 240_000],
    ]);
    expect((await list(ctx, 2)).data).toHaveLength(2);
  });

  test("take a list price that begins by then for whoever pays the list's", async () => {
    const price = { billingInterval: "year" as const, source: "a letter", startsOn: "2027-01-01" };
    const id = books.plan("Claude Team Standard");
    await createPlanPrice(ctx, { id, ...price, unitPrice: { minor: 30_000, currency: "USD" } });
    expect((await list()).data.at(-1)).toMatchObject({
      ...{ renewsOn: "2027-03-08", baseCost: { minor: 300_000 } },
      seats: [{ unitPrice: { minor: 30_000 }, before: { minor: 24_000 }, listedOn: "2027-01-01" }],
    });
  });

  test("are of a lead's own teams, and not for members", async () => {
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
    expect((await told(lead)).map(([name]) => name)).toEqual(["Cursor Teams"]);
    await expectRefusal(list(await anActor(ctx, { roles: ["member"] })), "forbidden");
  });
});

describe("the calendar's address", () => {
  const fileOf = (address: string) => address.slice(address.lastIndexOf("/") + 1);
  const open = (address: string) => openFeed(fileOf(address), ctx.now);

  test("shows each renewal and each last day to act, and only its hash is kept", async () => {
    const { address } = await createFeed(ctx);
    expect(address).toMatch(/\/api\/v1\/calendars\/[\w-]{64}\.ics$/);
    const { name, renewals } = await open(address);
    expect(name).toBe("Northwind Labs");
    expect(daysOf(renewals).map(({ date, title }) => `${date} ${title}`)).toEqual([
      ...["2026-12-19 Last day to change ChatGPT", "2026-12-20 ChatGPT renews"],
      ...["2026-12-16 Last day to change Cursor Teams", "2027-01-15 Cursor Teams renews"],
      ...["2027-02-06 Last day to change Claude Team", "2027-03-08 Claude Team renews"],
    ]);
    const { id: organizationId } = ctx.organization;
    const [row] = await transact({ organizationId }, (db) => db.calendarFeed.findMany());
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(row)).not.toContain(fileOf(address).slice(0, 64));
  });

  test("ends when it is made anew or taken back", async () => {
    const first = await createFeed(ctx);
    const second = await createFeed(ctx);
    await expectRefusal(open(first.address), "not_found");
    expect((await readFeed(ctx)).createdAt).toBe(second.createdAt);
    await revokeFeed(ctx);
    await expectRefusal(open(second.address), "not_found");
    expect(await readFeed(ctx)).toEqual({ createdAt: null });
    await expectRefusal(revokeFeed(ctx), "not_found");
    await expectRefusal(openFeed("nothing.ics", ctx.now), "not_found");
  });

  test("shows what its user may see at that moment, and ends with their access for good", async () => {
    const auditor = await anActor(ctx, { roles: ["auditor"] });
    const { address } = await createFeed(auditor);
    expect((await open(address)).renewals.data).toHaveLength(3);
    const { id: organizationId } = ctx.organization;
    const { userId } = auditor.actor;
    const role = { organizationId, userId, createdAt: ctx.now };
    await transact({ organizationId }, (db) =>
      db.organizationRole.updateMany({ where: { organizationId, userId }, data: { role: "member" } }),
    );
    await expectRefusal(open(address), "not_found");
    await endUser(ctx, { id: userId });
    // Whoever comes back makes an address anew.
    await transact({ organizationId }, (db) =>
      db.organizationRole.create({ data: { ...role, role: "auditor" } }),
    );
    await expectRefusal(open(address), "not_found");
  });
});
