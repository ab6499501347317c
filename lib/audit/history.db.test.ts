import { beforeEach, describe, expect, test } from "vitest";

import { changeAssignment, listAssignments } from "@/lib/assignments/service";
import { listHistory } from "@/lib/audit/history";
import { type HistoryRecord, historyFilter } from "@/lib/audit/schema";
import { listAuditEvents } from "@/lib/audit/service";
import type { Ctx } from "@/lib/auth/ctx";
import { postInvoice } from "@/lib/invoices/service";
import { changeMember } from "@/lib/members/service";
import { addTerm } from "@/lib/subscriptions/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, seatCharge, usageCharge } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// Who changed what one sees, beside a twin who sees it and one who does not.

let ctx: Ctx;
let books: SomeBooks;
let lead: Ctx;
let otherLead: Ctx;
beforeEach(async () => {
  ctx = await anOrganization();
  books = await someBooks(ctx);
  lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
  otherLead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
});

const history = async (who: Ctx, targetType: HistoryRecord, targetId: string) =>
  (await listHistory(who, historyFilter.parse({ targetType, targetId, limit: "200" }))).data;
const actions = async (...of: Parameters<typeof history>) =>
  (await history(...of)).map(({ action }) => action);

describe("the history of a record", () => {
  test("is told of a contract to its team's lead, with its seats, as finance reads it", async () => {
    const { claudeTeam } = books.subscriptions;
    const term = { planId: books.plans.standard, startsOn: "2026-12-01", seats: 6 };
    await addTerm(ctx, { id: claudeTeam, ...term, unitPrice: { minor: 2_500, currency: "USD" } });
    const [seat] = (await listAssignments(ctx, { limit: 1, subscriptionId: claudeTeam })).data;
    if (!seat) throw new Error("The contract has holders.");
    await changeAssignment(ctx, { id: seat.id, version: seat.version, endsOn: "2026-11-30" });
    const all = await actions(ctx, "subscription", claudeTeam);
    expect(all).toEqual(["assignment.change", "term.create", "subscription.create"]);
    expect(await actions(lead, "subscription", claudeTeam)).toEqual(all);
    await expectRefusal(history(otherLead, "subscription", claudeTeam), "not_found");
  });

  test("is told of a member to the lead of their team alone", async () => {
    const { ada } = books.members;
    await changeMember(ctx, { id: ada, version: 1, kind: "shared_account" });
    expect(await actions(lead, "member", ada)).toEqual(await actions(ctx, "member", ada));
    await expectRefusal(history(otherLead, "member", ada), "not_found");
  });

  test("says of an invoice who changed it and when, and nothing of what others pay in it", async () => {
    const { id } = await postInvoice(
      ctx,
      anInvoice(books, { charges: [seatCharge(books), usageCharge(books.accounts.prod, 124_011)] }),
    );
    const [full] = await history(ctx, "invoice", id);
    expect(JSON.stringify(full?.after)).toContain("124011");
    const [seen] = await history(lead, "invoice", id);
    expect(seen).toMatchObject({ action: "invoice.post", targetId: id, before: null, after: null });
    expect(Object.keys(seen?.names ?? {})).toEqual([id]);
  });

  test("names nobody whom the reader does not see, themselves excepted", async () => {
    const { claudeTeam } = books.subscriptions;
    const [seen] = await history(lead, "subscription", claudeTeam);
    expect(seen?.actor).toEqual({ id: ctx.actor.userId, name: null, withheld: true });
    const [known] = await history(ctx, "subscription", claudeTeam);
    expect(known?.actor).toEqual({ id: ctx.actor.userId, name: "Test user", withheld: false });
    // Cem is in Growth; Ada and Ben are Platform's.
    const names = (await history(lead, "subscription", claudeTeam)).flatMap((event) =>
      Object.values(event.names),
    );
    expect(names).toContain("Platform");
    expect(names.join(" ")).not.toContain("Cem");
  });

  test("is all that a lead reads of the trail, and nothing for a member", async () => {
    await expectRefusal(listAuditEvents(lead, { limit: 50 }), "forbidden");
    const member = await anActor(ctx, { roles: ["member"], memberId: books.members.ada });
    await expectRefusal(history(member, "member", books.members.ada), "forbidden");
    const grant = "00000000-0000-7000-8000-000000000000";
    await expectRefusal(history(lead, "credit_grant", grant), "forbidden");
    await expectRefusal(history(ctx, "credit_grant", grant), "not_found");
  });
});
