import type { Money } from "@/lib/domain/money";
import type { ChangeKind, ScenarioChange } from "@/lib/domain/scenario";
import type { ScenarioBody } from "@/lib/scenarios/schema";

/** A change as its fields have it while it is typed: of every kind, so that another kind loses nothing. */
export type ChangeValues = {
  kind: ChangeKind;
  /** "<subscription> <plan>" */
  contract: string;
  planId: string;
  toPlanId: string;
  day: string | null;
  month: string | null;
  /** With a minus: fewer. Empty, of a move: all. */
  seats: string;
  unitPrice: Money | null;
  billingInterval: "month" | "year";
  apiAccountId: string;
  productId: string;
  model: string;
  toModel: string;
  percent: string;
  readsPerWrite: string;
  every: "once" | "month";
};

export const KIND_NAMES = {
  seats: "More or fewer seats",
  plan: "Seats move to another plan",
  seat_price: "A seat's price in a contract",
  list_price: "A plan's list price",
  model: "Work moves to another model",
  cache: "Input is read from a cache",
  batch: "Work goes in batches",
  model_price: "A model's price",
  growth: "A product grows",
} as const satisfies Record<ChangeKind, string>;

/** A change before anything is typed; it begins with a month to come. */
export const newChange = (kind: ChangeKind, month: string): ChangeValues => ({
  ...{ kind, contract: "", planId: "", toPlanId: "", day: `${month}-01`, month, seats: "", unitPrice: null },
  billingInterval: "month",
  ...{ apiAccountId: "", productId: "", model: "", toModel: "" },
  ...{
    percent: kind === "growth" || kind === "model_price" ? "10" : "100",
    readsPerWrite: "10",
    every: "once",
  },
});

export function valuesOf(change: ScenarioChange): ChangeValues {
  const ofMonth = change.from.length === "2027-01".length;
  return {
    ...newChange(change.kind, change.from.slice(0, "2027-01".length)),
    ...(!ofMonth && { day: change.from }),
    ...("subscriptionId" in change && { contract: `${change.subscriptionId} ${change.planId}` }),
    ...("planId" in change && { planId: change.planId }),
    ...("toPlanId" in change && { toPlanId: change.toPlanId }),
    ...("seats" in change && { seats: change.seats === null ? "" : String(change.seats) }),
    ...("unitPrice" in change && { unitPrice: change.unitPrice }),
    ...("billingInterval" in change && { billingInterval: change.billingInterval }),
    ...("apiAccountId" in change && { apiAccountId: change.apiAccountId ?? "" }),
    ...("productId" in change && { productId: change.productId ?? "" }),
    ...("model" in change && { model: change.model }),
    ...("toModel" in change && { toModel: change.toModel }),
    ...("percent" in change && { percent: String(change.percent) }),
    ...("readsPerWrite" in change && { readsPerWrite: String(change.readsPerWrite) }),
    ...("every" in change && { every: change.every }),
  };
}

/** What is sent: the fields of its kind. */
export function bodyOf(values: ChangeValues): ScenarioBody["changes"][number] {
  const { kind, model, toModel, productId, every } = values;
  const [subscriptionId = "", planId = ""] = values.contract.split(" ");
  const contract = { subscriptionId, planId, from: values.day ?? "" };
  const use = {
    apiAccountId: values.apiAccountId || null,
    productId: productId || null,
    from: values.month ?? "",
  };
  const percent = numberOf(values.percent);
  const unitPrice = values.unitPrice ?? { minor: 0, currency: "" };
  switch (kind) {
    case "seats":
      return { kind, ...contract, seats: numberOf(values.seats) };
    case "plan":
      return {
        ...{ kind, ...contract, toPlanId: values.toPlanId },
        seats: values.seats.trim() === "" ? null : numberOf(values.seats),
      };
    case "seat_price":
      return { kind, ...contract, unitPrice };
    case "list_price": {
      const { billingInterval, day } = values;
      return { kind, planId: values.planId, billingInterval, from: day ?? "", unitPrice };
    }
    case "model":
      return { kind, ...use, model, toModel, percent };
    case "cache":
      return { kind, ...use, percent, readsPerWrite: numberOf(values.readsPerWrite) };
    case "batch":
      return { kind, ...use, percent };
    case "model_price":
      return { kind, model, from: use.from, percent };
    case "growth":
      return { kind, productId, from: use.from, percent, every };
    default: {
      const unhandled: never = kind;
      return unhandled;
    }
  }
}

/** A true minus is typed as often as a hyphen. */
const numberOf = (text: string): number => Number(text.trim().replace("\u2212", "-"));
