import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { breakEvenFilter, type GroupRow, type PersonRow } from "@/lib/break-even/schema";
import { listBreakEven } from "@/lib/break-even/service";
import { reasonText, VERDICT_NAMES, verdictsText } from "@/lib/domain/break-even-words";
import { mostWorth, type Worth } from "@/lib/domain/highlights";
import { idleText } from "@/lib/domain/idle-words";
import { MISUSE_RULES } from "@/lib/domain/misuse-rules";
import { RULE_NAMES, RULE_TEXTS } from "@/lib/domain/misuse-words";
import { can } from "@/lib/domain/permission";
import type { Finding } from "@/lib/findings/schema";
import { topFindings } from "@/lib/findings/service";
import type { Highlight, Highlights, HighlightsInput } from "@/lib/highlights/schema";
import { type IdleRow, idleFilter } from "@/lib/idle-seats/schema";
import { listIdleSeats } from "@/lib/idle-seats/service";

const LOCALE = "en";
/** Each kind's own largest, of which the largest of all are taken. */
const OF_EACH = 50;

type Told = Worth & { readonly highlight: Highlight };

/** The advice worth most money, of every kind that the actor may see. */
export async function listHighlights(ctx: Ctx, { limit }: HighlightsInput): Promise<Highlights> {
  authorize(ctx, "advice:read");
  const all = [
    ...(await plans(ctx)),
    ...(can(ctx.actor.roles, "idle-seat:read") ? await idleSeats(ctx) : []),
    ...(await topFindings(ctx, OF_EACH)).map(findingOf),
  ];
  return {
    currency: ctx.organization.baseCurrency,
    data: mostWorth(all, limit).map(({ highlight }) => highlight),
  };
}

/** People's plans; of whom the organization does not show, the contracts' instead. */
async function plans(ctx: Ctx): Promise<Told[]> {
  const people = await listBreakEven(ctx, breakEvenFilter.parse({ limit: OF_EACH }));
  const told = people.data.flatMap(planOf);
  if (people.hiddenPeople === 0) return told;
  const { groups } = await listBreakEven(ctx, breakEvenFilter.parse({ of: "subscriptions", limit: OF_EACH }));
  return groups.map(contractPlans);
}

function planOf(row: PersonRow): Told[] {
  const { saving, verdict, plan, person, serviceProvider, seats } = row;
  if (saving === null || saving.minor <= 0) return [];
  const id = `${person.id}:${serviceProvider.id}`;
  const held = seats.map((seat) => seat.plan.name).join(" and ") || "API keys";
  const to = plan === null || verdict === "take_seat" ? "" : ` to ${plan.name}`;
  const act = verdict === "take_seat" && plan ? `take ${plan.name}` : lower(VERDICT_NAMES[verdict]);
  return [
    told(
      {
        ...{ kind: "plan", id, monthlyMinor: saving.minor },
        counts: verdict === "take_seat" ? [keysKey(person.id)] : seats.flatMap(heldKey(person.id)),
      },
      {
        title: `${held} of ${person.name}: ${act}${to}`,
        text: reasonText({ ...row, plan: plan?.name ?? null }, LOCALE),
        monthly: saving,
        amount: "saving",
        actBy: null,
        href: `/advice/break-even?${new URLSearchParams({ who: `members:${id}` })}`,
      },
    ),
  ];
}

function contractPlans({ group, serviceProvider, verdicts, saving }: GroupRow): Told {
  const id = `${group.id}:${serviceProvider.id}`;
  const href = `/advice/break-even?${new URLSearchParams({ by: "subscriptions", who: `subscriptions:${id}` })}`;
  return told(
    { kind: "plan", id, monthlyMinor: saving.minor, counts: [] },
    {
      title: `${group.name}: other plans would cost less`,
      text: `Plans by verdict: ${verdictsText(verdicts)}.`,
      monthly: saving,
      amount: "saving",
      actBy: null,
      href,
    },
  );
}

async function idleSeats(ctx: Ctx): Promise<Told[]> {
  const { data } = await listIdleSeats(ctx, idleFilter.parse({ limit: OF_EACH }));
  return data.flatMap((row: IdleRow) => {
    const { subscription, plan, exposed, actBy, seats } = row;
    if (exposed === null) return [];
    const id = `${subscription.id}:${plan.id}`;
    const idle = seats.filter(({ state }) => state === "idle");
    return [
      told(
        {
          kind: "idle_seats",
          id,
          monthlyMinor: exposed.minor,
          counts: idle.map(({ member }) => seatKey(subscription.id, member.id)),
        },
        {
          ...idleText(row, LOCALE),
          monthly: exposed,
          amount: "cost",
          actBy,
          href: `/advice/idle-seats?${new URLSearchParams({ seats: id })}`,
        },
      ),
    ];
  });
}

function findingOf({ id, rule, account, member, amount, evidence }: Finding): Told {
  const covered = evidence.flatMap((row) =>
    row.kind === "seat" && row.covered && row.member ? [seatKey(row.subscription.id, row.member.id)] : [],
  );
  const about = account?.name ?? member?.name;
  return told(
    {
      ...{ kind: "finding", id, monthlyMinor: amount.minor },
      counts: rule === "personal_key" && member ? [keysKey(member.id)] : covered,
    },
    {
      title: about === undefined ? RULE_NAMES[rule] : `${RULE_NAMES[rule]}: ${about}`,
      // The page of the finding has the rest.
      text: RULE_TEXTS[rule].replace(/\. .*/, "."),
      monthly: amount,
      amount: MISUSE_RULES.find((each) => each.id === rule)?.amount ?? "cost",
      actBy: null,
      href: `/advice/findings?${new URLSearchParams({ finding: id })}`,
    },
  );
}

const seatKey = (subscriptionId: string, memberId: string) => `${subscriptionId} ${memberId}`;
const keysKey = (memberId: string) => `keys ${memberId}`;

const heldKey =
  (memberId: string) =>
  ({ subscription }: PersonRow["seats"][number]): string[] =>
    subscription === null ? [] : [seatKey(subscription.id, memberId)];

const told = (worth: Worth, words: Omit<Highlight, "kind" | "id">): Told => ({
  ...worth,
  highlight: { kind: worth.kind, id: worth.id, ...words },
});

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
