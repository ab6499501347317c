import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate, fromDbDateOrNull } from "@/lib/db/dates";
import { wrongCursor } from "@/lib/db/page";
import type { BridgeSum } from "@/lib/domain/bridge";
import { money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import type { LedgerInput, LedgerPage, LedgerRow } from "@/lib/ledger/schema";
import { seenEntries } from "@/lib/ledger/visible";
import { Prisma } from "@/prisma/generated/client";

const { sql } = Prisma;

function conditions(ctx: Ctx, input: LedgerInput): Prisma.Sql {
  const month = input.basis === "billed" ? sql`e.billing_month` : sql`e.month`;
  const idIs = (column: Prisma.Sql, id: string | undefined) =>
    id === undefined ? [] : id === "none" ? [sql`${column} IS NULL`] : [sql`${column} = ${id}::uuid`];
  return Prisma.join(
    [
      sql`e.organization_id = ${ctx.organization.id}::uuid`,
      sql`e.kind = ${input.kind}::entry_kind`,
      ...(input.month ? [sql`${month} = ${input.month}`] : []),
      ...(input.from ? [sql`${month} >= ${input.from}`] : []),
      ...(input.to ? [sql`${month} <= ${input.to}`] : []),
      ...(input.basis === "billed" ? [sql`e.state = 'billed'`] : []),
      ...(input.purpose ? [sql`e.purpose = ${input.purpose}::purpose`] : []),
      ...(input.billingModel ? [sql`e.billing_model = ${input.billingModel}::billing_model`] : []),
      ...(input.corrections ? [sql`(e.correction_of IS NOT NULL) = ${input.corrections === "only"}`] : []),
      ...(input.state ? [sql`e.state = ${input.state}::entry_state`] : []),
      ...idIs(sql`e.team_id`, input.teamId),
      ...idIs(sql`e.member_id`, input.memberId),
      ...idIs(sql`e.product_id`, input.productId),
      ...idIs(sql`e.service_provider_id`, input.serviceProviderId),
      ...idIs(sql`e.subscription_id`, input.subscriptionId),
      ...idIs(sql`e.plan_id`, input.planId),
      ...idIs(sql`e.api_account_id`, input.apiAccountId),
      ...(input.chargeCategory ? [sql`e.charge_category = ${input.chargeCategory}::charge_category`] : []),
      ...idIs(sql`e.invoice_id`, input.invoiceId),
      seenEntries(ctx).where,
    ],
    " AND ",
  );
}

type Cursor = { readonly amount: number; readonly id: string };

function cursorOf(text: string): Cursor {
  const match = /^(-?\d{1,16})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
    Buffer.from(text, "base64url").toString(),
  );
  if (match?.[1] && match[2]) return { amount: Number(match[1]), id: match[2] };
  throw wrongCursor();
}

const cursorText = ({ amount, id }: Cursor): string => Buffer.from(`${amount}_${id}`).toString("base64url");

type Row = Record<string, string | null> & {
  seatDays: number | null;
  unassigned: boolean;
  selfAssessed: boolean;
  chargePeriodStart: Date;
  chargePeriodEnd: Date;
  rateDate: Date | null;
};

/** The entries that a filter finds, largest first, with their sum; by keyset, so that a far page costs no more. */
export async function findEntries(db: Db, ctx: Ctx, input: LedgerInput): Promise<LedgerPage> {
  const where = conditions(ctx, input);
  const after = input.cursor ? cursorOf(input.cursor) : null;
  const [sum] = await db.$queryRaw<{ minor: string; count: number }[]>`
    SELECT coalesce(sum(e.base_cost_minor), 0)::text AS minor, count(*)::int AS count FROM ledger_entry e WHERE ${where}`;
  const rows = await db.$queryRaw<Row[]>`
    WITH page AS (
      SELECT e.* FROM ledger_entry e
      WHERE ${where} ${after ? sql`AND (-e.base_cost_minor, e.id) > (${-after.amount}::bigint, ${after.id}::uuid)` : Prisma.empty}
      ORDER BY -e.base_cost_minor, e.id LIMIT ${input.limit + 1}
    )
    SELECT e.id::text, e.kind::text, e.month, e.billing_month AS "billingMonth", e.purpose::text,
           e.billing_model::text AS "billingModel", e.charge_category::text AS "chargeCategory", e.state::text,
           e.basis::text, e.correction_of AS "correctionOf", e.unassigned, e.seat_days AS "seatDays", e.self_assessed AS "selfAssessed",
           e.cost_minor::text AS "costMinor", e.currency, e.base_cost_minor::text AS "baseCostMinor",
           trim_scale(e.rate)::text AS rate, e.rate_date AS "rateDate",
           e.charge_period_start AS "chargePeriodStart", e.charge_period_end AS "chargePeriodEnd",
           e.team_id::text AS "teamId", t.name AS "teamName", e.member_id::text AS "memberId", m.name AS "memberName",
           e.product_id::text AS "productId", p.name AS "productName",
           e.service_provider_id::text AS "serviceProviderId", s.name AS "serviceProviderName",
           e.subscription_id::text AS "subscriptionId", c.name AS "subscriptionName",
           e.plan_id::text AS "planId", plan.name AS "planName",
           e.api_account_id::text AS "apiAccountId", a.name AS "apiAccountName",
           e.invoice_id::text AS "invoiceId", i.number AS "invoiceName",
           e.charge_id::text AS "chargeId", ch.description AS "chargeName"
    FROM page e
    LEFT JOIN team t ON t.organization_id = e.organization_id AND t.id = e.team_id
    LEFT JOIN member m ON m.organization_id = e.organization_id AND m.id = e.member_id
    LEFT JOIN product p ON p.organization_id = e.organization_id AND p.id = e.product_id
    LEFT JOIN service_provider s ON s.organization_id = e.organization_id AND s.id = e.service_provider_id
    LEFT JOIN subscription c ON c.organization_id = e.organization_id AND c.id = e.subscription_id
    LEFT JOIN plan ON plan.organization_id = e.organization_id AND plan.id = e.plan_id
    LEFT JOIN api_account a ON a.organization_id = e.organization_id AND a.id = e.api_account_id
    LEFT JOIN invoice i ON i.organization_id = e.organization_id AND i.id = e.invoice_id
    LEFT JOIN charge ch ON ch.organization_id = e.organization_id AND ch.id = e.charge_id
    ORDER BY -e.base_cost_minor, e.id`;

  const page = rows.slice(0, input.limit).map((row) => toLedgerRow(row, ctx.organization.baseCurrency));
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    data: page,
    nextCursor: last ? cursorText({ amount: last.baseCost.minor, id: last.id }) : null,
    total: money(Number(sum?.minor ?? 0), ctx.organization.baseCurrency),
    count: sum?.count ?? 0,
  };
}

function toLedgerRow(row: Row, baseCurrency: string): LedgerRow {
  const named = (key: string) => {
    const id = row[`${key}Id`];
    return id ? { id, name: row[`${key}Name`] ?? "" } : null;
  };
  const invoice = named("invoice");
  const charge = named("charge");
  // The column types are the database's enums, which are spelled as the domain spells them.
  const words = row as unknown as LedgerRow;
  return {
    id: words.id,
    kind: words.kind,
    month: words.month,
    billingMonth: words.billingMonth,
    purpose: words.purpose,
    billingModel: words.billingModel,
    chargeCategory: words.chargeCategory,
    state: words.state,
    basis: words.basis,
    team: named("team"),
    member: named("member"),
    product: named("product"),
    serviceProvider: named("serviceProvider") ?? { id: "", name: "" },
    subscription: named("subscription"),
    plan: named("plan"),
    apiAccount: named("apiAccount"),
    unassigned: row.unassigned,
    invoice: invoice && { id: invoice.id, number: invoice.name },
    charge: charge && { id: charge.id, description: charge.name },
    chargePeriod: { start: fromDbDate(row.chargePeriodStart), end: fromDbDate(row.chargePeriodEnd) },
    seatDays: row.seatDays,
    selfAssessed: row.selfAssessed,
    cost: money(Number(row.costMinor), row.currency ?? baseCurrency),
    baseCost: money(Number(row.baseCostMinor), baseCurrency),
    rate: row.rate ?? null,
    rateDate: fromDbDateOrNull(row.rateDate),
    correctionOf: words.correctionOf,
  };
}

/** Everything that a month's bridge adds up. */
export async function sumBridge(db: Db, ctx: Ctx, month: Month): Promise<BridgeSum[]> {
  const seen = seenEntries(ctx);
  const table = seen.needsMembers ? sql`ledger_entry` : sql`ledger_total`;
  const rows = await db.$queryRaw<(Omit<BridgeSum, "baseCostMinor"> & { baseCostMinor: string })[]>`
    SELECT kind::text, month, billing_month AS "billingMonth", purpose::text, state::text,
           self_assessed AS "selfAssessed", correction_of AS "correctionOf", sum(base_cost_minor)::text AS "baseCostMinor"
    FROM ${table}
    WHERE organization_id = ${ctx.organization.id}::uuid AND (month = ${month} OR billing_month = ${month}) AND ${seen.where}
    GROUP BY kind, month, billing_month, purpose, state, self_assessed, correction_of`;
  return rows.map((row) => ({ ...row, baseCostMinor: Number(row.baseCostMinor) }));
}
