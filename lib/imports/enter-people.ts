import "server-only";

import { getAssignment } from "@/lib/assignments/data";
import { changeAssignmentWithin, createAssignmentsWithin } from "@/lib/assignments/service";
import type { Ctx } from "@/lib/auth/ctx";
import type { PersonFact } from "@/lib/connectors/connector";
import { recordAudit } from "@/lib/db/audit";
import type { Db } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import { type Created, type EnteredReport, reportOf } from "@/lib/imports/entered";
import { findMembershipDays, loadPeopleBooks } from "@/lib/imports/people-data";
import { type PeoplePlan, planPeople } from "@/lib/imports/people-plan";
import { type ContractSeats, endedSeats, givenSeats } from "@/lib/imports/seat-plan";
import { repost } from "@/lib/ledger/repost";
import { addMembershipWithin, createMemberWithin } from "@/lib/members/service";

/**
 * Enters people and their seats in a transaction that is under way, for somebody who may write members and seats.
 * Everything is read before anything is written: with errors the books are as they were. The same file a second time
 * changes nothing.
 *
 * @throws DomainError what the books refuse as a whole, such as `rate_missing`
 */
export async function enterPeople(db: Db, ctx: Ctx, facts: readonly PersonFact[]): Promise<EnteredReport> {
  const plan = planPeople(ctx, facts, await loadPeopleBooks(db, ctx));
  const created = plan.errors.length > 0 ? [] : await carryOut(db, ctx, plan);
  return reportOf(plan.outcomes, { created, errors: plan.errors });
}

async function carryOut(db: Db, ctx: Ctx, plan: PeoplePlan): Promise<Created[]> {
  const ids = await createMembers(db, ctx, plan);
  const idOf = (id: string) => ids.get(id) ?? id;
  const first = await findMembershipDays(db, ctx, [...ids.values()]);
  const created: Created[] = [
    ...[...ids.values()].map((id) => ({ kind: "member" as const, id })),
    ...first.map(({ id }) => ({ kind: "team_membership" as const, id })),
  ];
  for (const { personId, teamId, startsOn, before } of plan.moves) {
    const membership = { id: idOf(personId), teamId, startsOn, endsOn: null };
    const id = await addMembershipWithin(db, ctx, membership);
    // Of somebody whom the import made, there is nothing to go back to.
    created.push({ kind: "team_membership", id, ...(ids.has(personId) ? {} : { before }) });
  }
  for (const seats of plan.contracts) created.push(...(await changeSeats(db, ctx, seats, idOf)));
  const touched = plan.contracts.filter(({ changes }) => changes.length > 0);
  await repost(db, ctx, {
    subscriptionIds: touched.map(({ contract }) => contract.id),
    memberIds: plan.moves.map(({ personId }) => idOf(personId)),
  });
  return created;
}

/** Answers the id of each made-up one. */
async function createMembers(db: Db, ctx: Ctx, { members }: PeoplePlan): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { id, input } of members) ids.set(id, await createMemberWithin(db, ctx, input));
  return ids;
}

async function changeSeats(
  db: Db,
  ctx: Ctx,
  seats: ContractSeats,
  idOf: (id: string) => string,
): Promise<Created[]> {
  // The ends come first: a seat may be given to another on the day on which it is free.
  for (const { id, endsOn } of endedSeats(seats)) {
    const before = await getAssignment(db, ctx, id);
    await changeAssignmentWithin(db, ctx, before, { id, version: before.version, endsOn });
  }
  const { id: subscriptionId } = seats.contract;
  const given = givenSeats(seats).map(({ id: _, memberId, ...seat }) => ({
    ...seat,
    subscriptionId,
    memberId: idOf(memberId),
  }));
  if (given.length === 0) return [];
  const ids = await createAssignmentsWithin(db, ctx, given);
  await recordAudit(db, ctx, {
    action: "assignment.batch",
    targetType: "subscription",
    targetId: subscriptionId,
    after: {
      assignments: given.map(({ subscriptionId: __, ...seat }, index) => ({
        id: required(ids[index]),
        ...seat,
      })),
    },
  });
  return ids.map((id) => ({ kind: "assignment", id }));
}
