import fc from "fast-check";

import type { Books } from "@/lib/domain/books";
import { addDays } from "@/lib/domain/calendar-date";
import { buysCredit } from "@/lib/domain/credit-grant";
import type {
  ApiAccount,
  Assignment,
  Charge,
  CreditGrant,
  Invoice,
  ProrationRule,
  Purpose,
  Share,
  Subscription,
  TeamMembership,
} from "@/lib/domain/facts";
import type { MeteredDay } from "@/lib/domain/metered";
import { monthOf } from "@/lib/domain/month";
import { holdsOn, seatsInForce } from "@/lib/domain/seat-ledger";

/** Whole made-up books for property tests: every combination that posting must bear, none that services refuse. */
export type RandomFacts = { readonly books: Books; readonly invoices: readonly Invoice[] };

export const TEAMS = ["team-a", "team-b", "team-c"] as const;
const PRODUCTS = ["product-a", "product-b"] as const;
export const MEMBERS = ["member-a", "member-b", "member-c", "member-d"] as const;
const PLANS = { "plan-a": 2_000, "plan-b": 2_500, "plan-c": 12_500 } as const;
const PLAN_IDS = Object.keys(PLANS) as (keyof typeof PLANS)[];
const PURPOSES: readonly Purpose[] = ["developer_leverage", "product_running", "unclassified"];

const day = (from = "2026-01-01", days = 400) => fc.nat(days).map((offset) => addDays(from, offset));
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const basisPoints: fc.Arbitrary<number[]> = fc.oneof(
  fc.constant<number[]>([10_000]),
  fc.integer({ min: 1, max: 9_999 }).map((first) => [first, 10_000 - first]),
  fc
    .tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 4_999 }))
    .map(([a, b]) => [a, b, 10_000 - a - b]),
);

const shares: fc.Arbitrary<Share[]> = basisPoints.chain((parts) =>
  fc.tuple(
    ...parts.map((points) =>
      fc.record({
        basisPoints: fc.constant(points),
        purpose: fc.constantFrom(...PURPOSES),
        teamId: orNull(fc.constantFrom(...TEAMS)),
        productId: orNull(fc.constantFrom(...PRODUCTS)),
        memberId: orNull(fc.constantFrom(...MEMBERS)),
      }),
    ),
  ),
);

const memberships: fc.Arbitrary<Map<string, TeamMembership[]>> = fc
  .tuple(
    ...MEMBERS.map(() =>
      fc.record({
        first: fc.constantFrom(...TEAMS),
        moved: orNull(fc.record({ on: day(), to: fc.constantFrom(...TEAMS) })),
      }),
    ),
  )
  .map((rows) => {
    const all = rows.flatMap(({ first, moved }, index) => {
      const memberId = MEMBERS[index] ?? MEMBERS[0];
      const opening = { memberId, teamId: first, startsOn: "2025-12-01", endsOn: moved?.on ?? null };
      return moved ? [opening, { memberId, teamId: moved.to, startsOn: moved.on, endsOn: null }] : [opening];
    });
    return Map.groupBy(all, ({ memberId }) => memberId);
  });

const terms = fc
  .array(
    fc.record({
      planId: fc.constantFrom(...PLAN_IDS),
      startsOn: day(),
      seats: fc.integer({ min: 0, max: 6 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((rows) => {
    const once = new Map(rows.map((row) => [`${row.planId} ${row.startsOn}`, row]));
    return [...once.values()]
      .map((row) => ({ ...row, unitPriceMinor: PLANS[row.planId], currency: "USD" }))
      .sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  });

const wishes = fc.array(
  fc.record({
    memberId: fc.constantFrom(...MEMBERS),
    planId: fc.constantFrom(...PLAN_IDS),
    startsOn: day(),
    days: orNull(fc.integer({ min: 1, max: 200 })),
    purpose: orNull(fc.constantFrom(...PURPOSES)),
    productId: orNull(fc.constantFrom(...PRODUCTS)),
  }),
  { maxLength: 8 },
);

/** Keeps the wishes that the seat ledger allows on every day. */
function allowed(
  subscription: Omit<Subscription, "assignments">,
  wanted: readonly Assignment[],
): Assignment[] {
  const kept: Assignment[] = [];
  for (const wish of wanted) {
    const changes = [wish, ...kept, ...subscription.terms].map(({ startsOn }) => startsOn);
    const fits = [...changes, ...(subscription.endsOn ? [subscription.endsOn] : [])]
      .filter((date) => holdsOn(wish, date))
      .every((date) => {
        const holders = kept.filter((other) => other.planId === wish.planId && holdsOn(other, date));
        return (
          holders.length < seatsInForce(subscription, wish.planId, date) &&
          holders.every((other) => other.memberId !== wish.memberId)
        );
      });
    if (fits) kept.push(wish);
  }
  return kept;
}

const subscription = (id: string): fc.Arbitrary<Subscription> =>
  fc
    .record({
      teamId: fc.constantFrom(...TEAMS),
      billingInterval: fc.constantFrom("month" as const, "year" as const),
      billingAnchor: day("2025-12-01", 31),
      endsOn: orNull(day("2026-06-01", 300)),
      defaultPurpose: fc.constantFrom(...PURPOSES),
      defaultProductId: orNull(fc.constantFrom(...PRODUCTS)),
      terms,
      wishes,
    })
    .map(({ wishes, ...fields }) => {
      const contract = { id, serviceProviderId: "provider-a", ...fields };
      const wanted = wishes.map(({ days, ...wish }) => ({
        ...wish,
        endsOn: days === null ? null : addDays(wish.startsOn, days),
      }));
      return { ...contract, assignments: allowed(contract, wanted) };
    });

const classifications = fc
  .array(fc.record({ startsOn: day(), shares }), { maxLength: 2 })
  .map((rows) => [...new Map(rows.map((row) => [row.startsOn, row])).values()]);

const accounts: fc.Arbitrary<ApiAccount[]> = fc
  .tuple(classifications, classifications, classifications)
  .map(([root, child, other]) => [
    { id: "account-root", parentId: null, serviceProviderId: "provider-a", classifications: root },
    {
      id: "account-child",
      parentId: "account-root",
      serviceProviderId: "provider-a",
      classifications: child,
    },
    { id: "account-other", parentId: null, serviceProviderId: "provider-a", classifications: other },
  ]);

/** What the accounts used: some of it in another currency, some of it taken back, some of it nobody's yet. */
const usage: fc.Arbitrary<MeteredDay[]> = fc
  .uniqueArray(
    fc.record({
      day: day(),
      serviceProviderId: fc.constant("provider-a"),
      apiAccountId: orNull(fc.constantFrom("account-root", "account-child", "account-other")),
      memberId: orNull(fc.constantFrom(...MEMBERS)),
      currency: fc.constantFrom("USD", "USD", "EUR"),
      costNano: fc.bigInt({ min: -2_000_000_000n, max: 900_000_000_000n }),
    }),
    {
      maxLength: 12,
      selector: (used) => [used.day, used.apiAccountId, used.memberId, used.currency].join(" "),
    },
  )
  .map((days) => days.toSorted(inOrder));

/** Credit of the provider, bought or given, and what a contract's plan includes; each expires on a day of its own. */
const grants: fc.Arbitrary<CreditGrant[]> = fc.uniqueArray(
  fc
    .record({
      kind: fc.constantFrom("purchase" as const, "purchase" as const, "gift" as const, "allowance" as const),
      amountMinor: fc.integer({ min: 1, max: 60_000 }),
      currency: fc.constantFrom("USD", "USD", "EUR"),
      apiAccountId: orNull(fc.constantFrom("account-root", "account-child", "account-other")),
      pooled: fc.boolean(),
      startsOn: day(),
      days: fc.integer({ min: 1, max: 200 }),
    })
    .map(({ days, ...grant }) => ({
      ...grant,
      id: "",
      serviceProviderId: "provider-a",
      apiAccountId: grant.kind === "allowance" ? null : grant.apiAccountId,
      subscriptionId: grant.kind === "allowance" ? "subscription-a" : null,
      pooled: grant.kind === "allowance" && grant.pooled,
      expiresOn: addDays(grant.startsOn, days),
      chargeId: null,
    })),
  { maxLength: 4, selector: ({ expiresOn }) => expiresOn },
);

/** Each bought credit by a line that may have bought it, as long as there are such lines. */
function bought(wanted: readonly CreditGrant[], invoices: readonly Invoice[]): CreditGrant[] {
  const lines = invoices
    .filter(({ serviceProviderId }) => serviceProviderId === "provider-a")
    .flatMap(({ charges }) => charges.filter(buysCredit));
  return wanted.map((grant, index) => ({
    ...grant,
    id: `grant-${index}`,
    chargeId: grant.kind === "purchase" ? (lines[index]?.id ?? null) : null,
  }));
}

/** As the database gives them: by account, member, day. */
function inOrder(a: MeteredDay, b: MeteredDay): number {
  const keyOf = ({ apiAccountId, memberId, day, currency }: MeteredDay) =>
    [apiAccountId ?? "~", memberId ?? "~", day, currency].join(" ");
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

const period = fc
  .record({
    start: day(),
    days: fc.oneof(fc.constant(31), fc.constant(365), fc.integer({ min: 1, max: 90 })),
  })
  .map(({ start, days }) => ({ start, end: addDays(start, days) }));

const link = fc.oneof(
  fc.record({
    subscriptionId: fc.constantFrom("subscription-a", "subscription-b"),
    planId: orNull(fc.constantFrom(...PLAN_IDS)),
  }),
  fc.record({ apiAccountId: fc.constantFrom("account-root", "account-child", "account-other") }),
  fc.constant({ outOfScope: true }),
  fc.constant({}),
);

const amount = fc.integer({ min: -20_000, max: 500_000 });

const charge: fc.Arbitrary<Omit<Charge, "id" | "follows"> & { readonly followsAll: boolean }> = fc
  .record({
    chargeCategory: fc.constantFrom(
      "usage" as const,
      "purchase" as const,
      "tax" as const,
      "credit" as const,
      "adjustment" as const,
    ),
    billedCostMinor: amount,
    chargePeriod: orNull(period),
    quantity: orNull(fc.integer({ min: 0, max: 6 })),
    link,
    memberId: orNull(fc.constantFrom(...MEMBERS)),
    ownShares: orNull(shares),
    recoverable: fc.integer({ min: 0, max: 10_000 }),
    selfAssessed: fc.boolean(),
    followsAll: fc.boolean(),
  })
  .map(({ link: linked, ownShares, recoverable, ...fields }) => ({
    ...fields,
    billedCostMinor:
      fields.chargeCategory === "credit" ? 0 - Math.abs(fields.billedCostMinor) : fields.billedCostMinor,
    subscriptionId: null,
    planId: null,
    apiAccountId: null,
    outOfScope: false,
    ...linked,
    shares: "outOfScope" in linked ? [] : (ownShares ?? []),
    recoverableBasisPoints: fields.chargeCategory === "tax" ? recoverable : 0,
    selfAssessed: fields.chargeCategory === "tax" && fields.selfAssessed,
  }));

/** All contracts and accounts are the first provider's. */
const ABOUT_NOTHING = { subscriptionId: null, planId: null, apiAccountId: null };

const invoice = (id: string): fc.Arbitrary<Invoice> =>
  fc
    .record({
      serviceProviderId: fc.constantFrom("provider-a", "provider-a", "provider-b"),
      issueDate: day(),
      currency: fc.constantFrom("USD", "USD", "EUR", "JPY"),
      charges: fc.array(charge, { minLength: 1, maxLength: 6 }),
    })
    .map(({ charges, ...fields }) => {
      const numbered = charges.map((each, index) => ({ ...each, id: `${id}-${index}` }));
      const lines = numbered.filter(({ chargeCategory }) => ["usage", "purchase"].includes(chargeCategory));
      return {
        id,
        ...fields,
        reimbursedMinor: null,
        billedCostMinor: charges.reduce(
          (sum, each) => sum + (each.selfAssessed ? 0 : each.billedCostMinor),
          0,
        ),
        charges: numbered.map(({ followsAll, ...each }) => ({
          ...each,
          ...(fields.serviceProviderId === "provider-b" && ABOUT_NOTHING),
          follows:
            followsAll && ["tax", "credit"].includes(each.chargeCategory) ? lines.map((line) => line.id) : [],
        })),
      };
    });

/** A rate a week, so that every day on which a random invoice may be issued has one that is young enough. */
const RATES = Array.from({ length: 60 }, (_, week) => addDays("2025-12-31", week * 7)).flatMap(
  (date, index) => [
    { date, from: "EUR", to: "USD", rate: `1.0${(index % 90) + 10}` },
    { date, from: "JPY", to: "USD", rate: `0.0066${index % 10}` },
  ],
);

export const randomFacts: fc.Arbitrary<RandomFacts> = fc
  .record({
    subscriptions: fc.tuple(subscription("subscription-a"), subscription("subscription-b")),
    accounts,
    memberships,
    usage,
    rules: fc.tuple(
      ...PLAN_IDS.map(() =>
        fc.constantFrom<ProrationRule>("prorated", "full_cycle", "calendar_month", "as_billed"),
      ),
    ),
    grants,
    seatUse: usage,
    today: day("2026-06-01", 300),
    invoices: fc.tuple(
      invoice("invoice-1"),
      invoice("invoice-2"),
      invoice("invoice-3"),
      invoice("invoice-4"),
    ),
  })
  .map(({ subscriptions, accounts, memberships, usage, rules, grants, seatUse, today, invoices }) => ({
    invoices,
    books: {
      baseCurrency: "USD",
      booksStart: monthOf("2026-01-01"),
      today,
      subscriptions: new Map(subscriptions.map((each) => [each.id, each])),
      apiAccounts: new Map(accounts.map((each) => [each.id, each])),
      prorationRules: new Map(PLAN_IDS.map((plan, index) => [plan, rules[index] ?? "prorated"])),
      memberships,
      usage,
      credits: {
        grants: bought(grants, invoices),
        drawn: new Map(),
        seatUse: seatUse
          .filter(({ costNano }) => costNano > 0n)
          .slice(0, 4)
          .map((used) => ({
            ...used,
            apiAccountId: null,
            memberId: used.memberId ?? MEMBERS[0],
            onTop: used.apiAccountId !== "account-other",
          })),
      },
      rates: RATES,
    },
  }));
