import "server-only";

import {
  findAssignments,
  findPeople,
  getAssignment,
  hasPlan,
  insertAssignments,
  updateAssignment,
} from "@/lib/assignments/data";
import type {
  Assignment,
  AssignmentChange,
  AssignmentFilter,
  AssignmentInput,
  Batch,
  BatchInput,
} from "@/lib/assignments/schema";
import { authorize, authorizeTeam, type Ctx } from "@/lib/auth/ctx";
import { loadSubscriptions } from "@/lib/books/data";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import { matchName } from "@/lib/domain/name-matching";
import { assertSeatLedger, holdsOn, seatsInForce } from "@/lib/domain/seat-ledger";
import type { Page } from "@/lib/fields/schema";
import { repost } from "@/lib/ledger/repost";
import { assertNotMerged, insertMember } from "@/lib/members/data";

export async function listAssignments(ctx: Ctx, filter: AssignmentFilter): Promise<Page<Assignment>> {
  authorize(ctx, "seat:read");
  return await read(ctx, (db) => findAssignments(db, ctx, filter));
}

export async function readAssignment(ctx: Ctx, { id }: { id: string }): Promise<Assignment> {
  authorize(ctx, "seat:read");
  return await read(ctx, (db) => getAssignment(db, ctx, id));
}

/**
 * Gives a member a seat from a day on.
 *
 * @throws DomainError `seats_exceeded`, `assignment_overlap`, `not_found`
 */
export async function createAssignment(ctx: Ctx, input: AssignmentInput): Promise<Assignment> {
  authorize(ctx, "seat:write");
  return await write(ctx, async (db) => {
    const [id] = await createAssignmentsWithin(db, ctx, [input]);
    await repost(db, ctx, { subscriptionIds: [input.subscriptionId] });
    await recordAudit(db, ctx, {
      action: "assignment.create",
      targetType: "assignment",
      targetId: required(id),
      after: input,
    });
    return await getAssignment(db, ctx, required(id));
  });
}

/**
 * Gives seats in a transaction that is under way. The caller posts what they touch and leaves the trace. Answers their
 * ids in order.
 */
export async function createAssignmentsWithin(
  db: Db,
  ctx: Ctx,
  inputs: readonly AssignmentInput[],
): Promise<string[]> {
  for (const [subscriptionId, seats] of Map.groupBy(inputs, (input) => input.subscriptionId)) {
    for (const planId of new Set(seats.map((seat) => seat.planId)))
      await assertOwn(db, ctx, subscriptionId, planId);
  }
  const memberIds = inputs.map(({ memberId }) => memberId);
  await assertNotMerged(db, ctx, memberIds);
  const ids = await insertAssignments(db, ctx, inputs);
  await assertSeats(
    db,
    ctx,
    inputs.map(({ subscriptionId }) => subscriptionId),
  );
  return ids;
}

/** Ends a seat, moves its first day, or says what it counts as. */
export async function changeAssignment(ctx: Ctx, change: AssignmentChange): Promise<Assignment> {
  authorize(ctx, "seat:write");
  return await write(ctx, async (db) => {
    const before = await getAssignment(db, ctx, change.id);
    await assertOwn(db, ctx, before.subscription.id, before.plan.id);
    const after = await changeAssignmentWithin(db, ctx, before, change);
    await settle(db, ctx, before.subscription.id);
    return after;
  });
}

/** The same in a transaction that is under way; the caller checks the contract's seats and posts what they cost. */
export async function changeAssignmentWithin(
  db: Db,
  ctx: Ctx,
  before: Assignment,
  change: AssignmentChange,
): Promise<Assignment> {
  const startsOn = change.startsOn ?? before.startsOn;
  const endsOn = change.endsOn === undefined ? before.endsOn : change.endsOn;
  if (endsOn !== null && endsOn <= startsOn) {
    const message = `The seat is held from ${startsOn}; it ends on a later day.`;
    throw new DomainError("invalid_input", message, { fields: { endsOn: message } });
  }
  await updateAssignment(db, ctx, change);
  const after = await getAssignment(db, ctx, change.id);
  await recordAudit(db, ctx, {
    action: "assignment.change",
    targetType: "assignment",
    targetId: change.id,
    before,
    after,
  });
  return after;
}

/** Assigns a pasted column of names, all or none; as a dry run it says what it understood. */
export async function assignBatch(ctx: Ctx, input: BatchInput): Promise<Batch> {
  authorize(ctx, "seat:write");
  if (input.createMissing && input.teamId) authorizeTeam(ctx, "member:write", input.teamId);
  return await write(ctx, async (db) => {
    await assertOwn(db, ctx, input.subscriptionId, input.planId);
    const batch = await understand(db, ctx, input);
    if (input.dryRun) return batch;
    assertClear(batch, input);

    const rows: (Batch["rows"][number] & { readonly memberId: string })[] = [];
    for (const row of batch.rows) {
      rows.push({ ...row, memberId: row.memberId ?? (await newMember(db, ctx, input, row.name)) });
    }
    const seats = rows.filter(({ outcome }) => outcome === "assigned" || outcome === "created");
    const ids = await insertAssignments(
      db,
      ctx,
      seats.map(({ memberId }) => ({
        subscriptionId: input.subscriptionId,
        planId: input.planId,
        startsOn: input.startsOn,
        memberId,
        endsOn: null,
        purpose: null,
        productId: null,
      })),
    );
    await settle(db, ctx, input.subscriptionId);
    await recordAudit(db, ctx, {
      action: "assignment.batch",
      targetType: "subscription",
      targetId: input.subscriptionId,
      after: { planId: input.planId, startsOn: input.startsOn, assignmentIds: ids },
    });
    return { ...batch, rows };
  });
}

async function understand(db: Db, ctx: Ctx, input: BatchInput): Promise<Batch> {
  const { subscriptionId, planId, startsOn } = input;
  const facts = required((await loadSubscriptions(db, ctx, [subscriptionId])).get(subscriptionId));
  const held = facts.assignments.filter(
    (assignment) => assignment.planId === planId && holdsOn(assignment, startsOn),
  );
  const holders = new Set(held.map(({ memberId }) => memberId));
  const people = await findPeople(db, ctx);
  const names = new Map(people.map(({ id, name }) => [id, name]));

  const rows = input.members.map((typed): Batch["rows"][number] => {
    const name = "memberId" in typed ? (names.get(typed.memberId) ?? "") : typed.name;
    const match = "memberId" in typed ? knownMember(typed.memberId, names) : matchName(typed, people);
    if (match.kind === "ambiguous") return { name, outcome: "ambiguous", memberId: null };
    if (match.kind === "unknown")
      return { name, outcome: input.createMissing ? "created" : "unknown", memberId: null };
    if (holders.has(match.id)) return { name, outcome: "already_holding", memberId: match.id };
    holders.add(match.id);
    return { name, outcome: "assigned", memberId: match.id };
  });
  const wanted = rows.filter(({ outcome }) => outcome === "assigned" || outcome === "created").length;
  const free = seatsInForce(facts, planId, startsOn) - held.length;
  return { id: subscriptionId, dryRun: input.dryRun, rows, seatsMissing: Math.max(0, wanted - free) };
}

function knownMember(id: string, names: ReadonlyMap<string, string>) {
  if (!names.has(id))
    throw new DomainError("not_found", "There is no such member.", {
      fields: { members: "Choose members." },
    });
  return { kind: "matched" as const, id };
}

function assertClear({ rows, seatsMissing }: Batch, { createMissing, teamId }: BatchInput): void {
  const fields: Record<string, string> = {};
  for (const [index, { outcome, name }] of rows.entries()) {
    if (outcome === "unknown") fields[`members.${index}`] = `Nobody is called ${name}.`;
    if (outcome === "ambiguous")
      fields[`members.${index}`] = `Several are called ${name}. Use their e-mail address.`;
  }
  if (createMissing && teamId === null) fields.teamId = "Choose the team of the new members.";
  if (Object.keys(fields).length > 0)
    throw new DomainError("invalid_input", "Some names are not clear.", { fields });
  if (seatsMissing > 0) {
    throw new DomainError("seats_exceeded", `${seatsMissing} more seats are needed than are free.`, {
      fields: { members: `${seatsMissing} more seats are needed than are free.` },
    });
  }
}

async function newMember(
  db: Db,
  ctx: Ctx,
  { teamId, startsOn, members }: BatchInput,
  name: string,
): Promise<string> {
  const typed = members.find((member) => "name" in member && member.name === name);
  const email = typed && "email" in typed ? typed.email : null;
  return await insertMember(db, ctx, { name, kind: "person", email, aliases: [], teamId, startsOn });
}

/** That the actor may change seats of this contract, and that the plan is one of its. */
export async function assertOwn(db: Db, ctx: Ctx, subscriptionId: string, planId: string): Promise<void> {
  const facts = required((await loadSubscriptions(db, ctx, [subscriptionId])).get(subscriptionId));
  authorizeTeam(ctx, "seat:write", facts.teamId);
  if (!(await hasPlan(db, ctx, subscriptionId, planId))) {
    throw new DomainError("not_found", "The contract has no such plan.", {
      fields: { planId: "Choose a plan of the contract." },
    });
  }
}

/** Checks the seats as they now stand, and posts what they cost. */
export async function settle(db: Db, ctx: Ctx, subscriptionId: string): Promise<void> {
  await assertSeats(db, ctx, [subscriptionId]);
  await repost(db, ctx, { subscriptionIds: [subscriptionId] });
}

/** @throws DomainError `seats_exceeded`, `assignment_overlap` */
async function assertSeats(db: Db, ctx: Ctx, subscriptionIds: readonly string[]): Promise<void> {
  const subscriptions = await loadSubscriptions(db, ctx, [...new Set(subscriptionIds)]);
  for (const subscription of subscriptions.values()) assertSeatLedger(subscription);
}
