import { type Api, usd } from "./support";

type Row = { readonly id: string; readonly name: string };
type List = { readonly data: readonly Row[] };
const OCTOBER = { start: "2026-10-01", end: "2026-11-01" };
const SEPTEMBER = { start: "2026-09-01", end: "2026-10-01" };
const YEAR = { start: "2026-03-08", end: "2027-03-08" };

/** People, contracts and accounts of the acceptance month, but for what the test enters through the screens. */
export async function enterFacts(api: Api) {
  const provider = async (name: string) =>
    (await api.get<List>("service-providers?limit=200")).data.find((one) => one.name === name)?.id ?? "";
  const [anthropic, cursor] = [await provider("Anthropic"), await provider("Cursor")];
  const platform = (await api.post("teams", { name: "Platform", code: "PLAT" })).id;
  const growth = (await api.post("teams", { name: "Growth", code: "GROW" })).id;
  const member = async (name: string, teamId: string) =>
    (await api.post("members", { name, teamId, startsOn: "2026-01-01" })).id;
  const a = await member("Anna", platform);
  const b = await member("Boris", platform);
  const c = await member("Chiara", growth);
  const d = await member("Dmitri", growth);
  const checkout = (await api.post("products", { name: "Checkout assistant" })).id;

  const plan = async (serviceProviderId: string, name: string) =>
    (await api.post("plans", { serviceProviderId, name, prorationRule: "prorated" })).id;
  const team = await plan(anthropic, "Acceptance Team");
  const pro = await plan(anthropic, "Acceptance Pro");
  await plan(cursor, "Acceptance Cursor");

  const term = (planId: string, startsOn: string, seats: number, minor: number) => ({
    planId,
    startsOn,
    seats,
    unitPrice: usd(minor),
  });
  const claudeTeam = await api.post("subscriptions", {
    name: "Claude Team",
    serviceProviderId: anthropic,
    teamId: platform,
    billingInterval: "month",
    billingAnchor: "2026-09-01",
    terms: [term(team, "2026-09-01", 5, 2_500), term(team, "2026-10-16", 7, 2_500)],
    assignments: [
      { memberId: a, planId: team, startsOn: "2026-09-01" },
      { memberId: b, planId: team, startsOn: "2026-09-01" },
      { memberId: c, planId: team, startsOn: "2026-10-11" },
    ],
  });
  const claudePro = await api.post("subscriptions", {
    name: "Claude Pro yearly",
    serviceProviderId: anthropic,
    teamId: growth,
    billingInterval: "year",
    billingAnchor: "2026-03-08",
    terms: [term(pro, "2026-03-08", 1, 20_000)],
    assignments: [{ memberId: d, planId: pro, startsOn: "2026-03-08" }],
  });

  const account = async (name: string, shares: object[] | null, parentId: string | null = root) =>
    (
      await api.post("api-accounts", {
        name,
        parentId,
        serviceProviderId: anthropic,
        kind: parentId === null ? "organization" : "workspace",
        classification: shares && { startsOn: "2026-01-01", shares },
      })
    ).id;
  const root: string = await account("Anthropic organization", null, null);
  const product = { purpose: "product_running", teamId: growth, productId: checkout };
  const developer = { purpose: "developer_leverage", teamId: platform };
  await account("prod-backend", [{ basisPoints: 10_000, ...product }]);
  await account("dev-sandbox", [{ basisPoints: 10_000, ...developer }]);
  await account("shared", [
    { basisPoints: 6_000, ...product },
    { basisPoints: 4_000, ...developer },
  ]);
  await account("trial", null);

  const seats = (of: { id: string }, planId: string, description: string) => ({
    chargeCategory: "purchase",
    description,
    subscriptionId: of.id,
    planId,
  });
  await api.post("invoices", {
    number: "PRO-1",
    serviceProviderId: anthropic,
    issueDate: "2026-03-08",
    billedCost: usd(22_040),
    charges: [
      { ...seats(claudePro, pro, "Claude Pro"), chargePeriod: YEAR, quantity: "1", billedCost: usd(20_000) },
      { chargeCategory: "tax", description: "Sales tax", billedCost: usd(2_040) },
    ],
  });
  const monthly = (chargePeriod: object) => ({
    ...seats(claudeTeam, team, "5 seats"),
    chargePeriod,
    quantity: "5",
    billedCost: usd(12_500),
  });
  await api.post("invoices", {
    number: "TEAM-9",
    serviceProviderId: anthropic,
    issueDate: "2026-09-01",
    billedCost: usd(12_500),
    charges: [monthly(SEPTEMBER)],
  });
  await api.post("invoices", {
    number: "TEAM-10",
    serviceProviderId: anthropic,
    issueDate: "2026-10-31",
    billedCost: usd(15_081),
    charges: [
      monthly(OCTOBER),
      {
        ...seats(claudeTeam, team, "2 seats added"),
        chargePeriod: { start: "2026-10-16", end: "2026-11-01" },
        quantity: "2",
        billedCost: usd(2_581),
      },
    ],
  });
  return { teams: { platform, growth }, members: { a, b, c, d } };
}
