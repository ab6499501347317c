import type { Plan } from "@/lib/catalogue/schema";
import type { BillingInterval, Purpose } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";

/** A contract as it is being typed. */
export type ContractValues = {
  planId: string | null;
  name: string;
  startsOn: string | null;
  billingInterval: BillingInterval;
  seats: string;
  unitPrice: Money | null;
  currency: string;
  teamId: string;
  billingAnchor: string | null;
  renewsOn: string | null;
  noticeDays: string;
  defaultPurpose: Purpose;
  defaultProductId: string | null;
  holders: (string | null)[];
};

/** The request that adds it, with its first term and holders. */
export function contractBody(values: ContractValues, plans: readonly Plan[]): object {
  const { planId, startsOn, holders, seats, unitPrice, currency, noticeDays } = values;
  const plan = plans.find(({ id }) => id === planId);
  return {
    name: values.name,
    serviceProviderId: plan?.serviceProvider.id ?? null,
    teamId: values.teamId,
    billingInterval: values.billingInterval,
    billingAnchor: values.billingAnchor ?? startsOn,
    renewsOn: values.renewsOn,
    noticeDays: noticeDays.trim() === "" ? null : Number(noticeDays),
    defaultPurpose: values.defaultPurpose,
    defaultProductId: values.defaultProductId,
    terms: [{ planId, startsOn, seats: Number(seats), unitPrice: unitPrice ?? { minor: 0, currency } }],
    assignments: holders
      .filter((memberId) => memberId !== null)
      .map((memberId) => ({ memberId, planId, startsOn })),
  };
}

/** Where in the form a field of the request stands. */
export function contractPathOf(path: string): string {
  const holder = /^assignments\.(\d+)/.exec(path);
  if (holder) return `holders.${holder[1]}`;
  const term = /^terms\.0\.(\w+)/.exec(path);
  if (term) return term[1] ?? "seats";
  if (path === "assignments") return "seats";
  return path === "serviceProviderId" ? "planId" : path;
}
