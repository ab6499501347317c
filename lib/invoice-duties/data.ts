import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { can, type Role } from "@/lib/domain/permission";
import type { Named } from "@/lib/fields/schema";
import type { DutyContract, DutyInput, InvoiceDuty } from "@/lib/invoice-duties/schema";

type OrganizationOf = Pick<Ctx, "organization">;
const NAMED = { select: { id: true, name: true } } as const;
const DUTY = { dueDay: true, monthsLater: true, since: true, user: NAMED } as const;
const CONTRACT = { id: true, name: true, serviceProvider: NAMED } as const;

type Row = {
  readonly dueDay: number;
  readonly monthsLater: number;
  readonly since: Date;
  readonly user: Named;
};
type Found = Omit<DutyContract, "kind"> & { readonly invoiceDuties: readonly Row[] };

const toDuty =
  (kind: DutyContract["kind"]) =>
  ({ invoiceDuties: [duty], ...contract }: Found): InvoiceDuty => ({
    kind,
    ...contract,
    responsible: duty?.user ?? null,
    dueDay: duty?.dueDay ?? null,
    monthsLater: duty?.monthsLater ?? null,
  });

/** The contracts that may bring an invoice still, by provider and name, with who enters it. */
export async function findContractDuties(db: Db, ctx: Ctx): Promise<InvoiceDuty[]> {
  const organizationId = ctx.organization.id;
  const open = { OR: [{ endsOn: null }, { endsOn: { gt: toDbDate(utcDateOf(ctx.now)) } }] };
  const select = { ...CONTRACT, invoiceDuties: { select: DUTY } };
  const orderBy = { name: "asc" } as const;
  const seats = await db.subscription.findMany({ where: { organizationId, ...open }, orderBy, select });
  const accounts = await db.apiAccount.findMany({
    where: { organizationId, parentId: null, ...open },
    orderBy,
    select,
  });
  return [...seats.map(toDuty("subscription")), ...accounts.map(toDuty("api_account"))].toSorted((a, b) =>
    a.serviceProvider.name.localeCompare(b.serviceProvider.name, "en"),
  );
}

/** A contract of whatever day. @throws DomainError `not_found` */
export async function getContractDuty(db: Db, ctx: Ctx, id: string): Promise<InvoiceDuty> {
  const organizationId = ctx.organization.id;
  const select = { ...CONTRACT, invoiceDuties: { select: DUTY } };
  const seats = await db.subscription.findFirst({ where: { organizationId, id }, select });
  if (seats) return toDuty("subscription")(seats);
  const account = await db.apiAccount.findFirst({ where: { organizationId, id, parentId: null }, select });
  return toDuty("api_account")(required(account));
}

/** A duty that is in force, by its contract. */
export type Duty = {
  readonly contractId: string;
  readonly kind: DutyContract["kind"];
  readonly responsible: Named;
  readonly dueDay: number;
  readonly monthsLater: number;
  readonly since: CalendarDate;
};

/** Every duty, by its contract's id. */
export async function findDuties(db: Db, ctx: OrganizationOf): Promise<ReadonlyMap<string, Duty>> {
  const rows = await db.invoiceDuty.findMany({
    where: { organizationId: ctx.organization.id },
    orderBy: { id: "asc" },
    select: { ...DUTY, subscriptionId: true, apiAccountId: true },
  });
  return new Map(
    rows.map(({ subscriptionId, apiAccountId, user, since, ...due }): [string, Duty] => {
      const contractId = subscriptionId ?? apiAccountId ?? "";
      const kind = subscriptionId ? "subscription" : "api_account";
      return [contractId, { contractId, kind, responsible: user, since: fromDbDate(since), ...due }];
    }),
  );
}

const ofContract = ({ id, kind }: Pick<DutyContract, "id" | "kind">) =>
  kind === "subscription" ? { subscriptionId: id } : { apiAccountId: id };

/** Somebody else, or until another day; since when somebody is responsible stays. */
export async function saveDuty(
  db: Db,
  ctx: Ctx,
  contract: Pick<DutyContract, "id" | "kind">,
  { userId, dueDay, monthsLater }: DutyInput,
): Promise<void> {
  const own = { organizationId: ctx.organization.id, ...ofContract(contract) };
  const due = { userId, dueDay, monthsLater };
  const { count } = await db.invoiceDuty.updateMany({ where: own, data: due });
  if (count > 0) return;
  await db.invoiceDuty.create({
    data: { ...own, id: newId(), ...due, since: toDbDate(utcDateOf(ctx.now)) },
  });
}

export async function deleteDuty(
  db: Db,
  ctx: Ctx,
  contract: Pick<DutyContract, "id" | "kind">,
): Promise<void> {
  await db.invoiceDuty.deleteMany({
    where: { organizationId: ctx.organization.id, ...ofContract(contract) },
  });
}

/** Whether somebody may enter invoices here today. */
export async function mayEnter(
  db: Db,
  ctx: Pick<Ctx, "organization" | "now">,
  userId: string,
): Promise<boolean> {
  const today = toDbDate(utcDateOf(ctx.now));
  const rows = await db.organizationRole.findMany({
    where: {
      ...{ organizationId: ctx.organization.id, userId },
      OR: [{ endsOn: null }, { endsOn: { gt: today } }],
    },
    select: { role: true },
  });
  return can(
    rows.map(({ role }): Role => role),
    "invoice:enter",
  );
}
