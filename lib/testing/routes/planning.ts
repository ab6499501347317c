import { readGrid } from "@/lib/budgets/grid";
import { addOwner } from "@/lib/budgets/owners";
import { versionInput } from "@/lib/budgets/schema";
import { approveVersion, createVersion } from "@/lib/budgets/service";
import { OWN_TEAM, type Row, unique, uniqueDay, WRITES_ALL } from "@/lib/testing/routes/row";
import type { SignedIn, World } from "@/lib/testing/world";
import { createThreshold } from "@/lib/thresholds/service";

/** The year after the one in which the world's invoices lie, so that there is something to copy. */
const YEAR = "2027-04";
const READS: readonly SignedIn[] = ["owner", "finance", "lead", "otherLead", "auditor"];

const aVersion = (world: World) =>
  createVersion(
    world.owner,
    versionInput.parse({
      ...{ name: unique("Budget"), kind: "budget", fiscalYear: YEAR },
      copy: { source: "actual", divideBy: "team" },
    }),
  );

async function anApproved(world: World) {
  const { id, version } = await aVersion(world);
  return await approveVersion(world.owner, { id, version });
}

const ofPlatform = ({ books }: World) => ({
  ...{ teamId: books.teams.platform, productId: null, purpose: "developer_leverage" as const },
});
const MONTHS = [1000, 1000, 1000, 2000, 2000, 2000, 0, 0, 0, 500, 500, null];

const aShare = ({ books }: World) => ({
  ...{ purpose: "developer_leverage" as const, teamId: books.teams.platform },
  basis: "forecast" as const,
});
let percents = 0;
/** A share that no threshold of these tests has yet. */
const uniquePercent = (): number => (percents++ % 1000) + 1;

async function aFile(world: World, versionId: string): Promise<string> {
  const { months, rows } = await readGrid(world.owner, { versionId });
  const platform = rows.find(({ team }) => team?.id === world.books.teams.platform)?.team?.name;
  return `purpose,team,product,${months.join(",")}\nproduct_running,${platform},${",12.50".repeat(12)}\n`;
}

export const PLANNING: readonly Row[] = [
  {
    route: "GET budget-versions",
    who: READS,
    status: 200,
    request: () => ({ query: { limit: "200" } }),
  },
  {
    route: "POST budget-versions",
    who: WRITES_ALL,
    status: 201,
    request: async (world) => ({
      body: {
        ...{ name: unique("Budget"), kind: "reforecast", fiscalYear: YEAR },
        copy: {
          ...{ source: "version", versionId: (await aVersion(world)).id },
          ...{ divideBy: "usual", changeBasisPoints: 500 },
        },
      },
    }),
  },
  {
    route: "GET budget-versions/[id]",
    who: READS,
    status: 200,
    request: async (world) => ({ params: { id: (await aVersion(world)).id } }),
  },
  {
    route: "PATCH budget-versions/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aVersion(world);
      return { params: { id }, version, body: { name: unique("Budget") } };
    },
  },
  {
    route: "DELETE budget-versions/[id]",
    who: WRITES_ALL,
    status: 204,
    request: async (world) => {
      const { id, version } = await aVersion(world);
      return { params: { id }, version };
    },
  },
  {
    route: "PUT budget-versions/[id]/approval",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aVersion(world);
      return { params: { id }, version, body: {} };
    },
  },
  {
    route: "DELETE budget-versions/[id]/approval",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await anApproved(world);
      return { params: { id }, version };
    },
  },
  {
    route: "GET budgets",
    who: READS,
    status: 200,
    request: async (world) => ({ query: { versionId: (await aVersion(world)).id } }),
  },
  {
    route: "PUT budgets",
    who: OWN_TEAM,
    status: 200,
    request: async (world, who) => {
      const { id: versionId, version } = await aVersion(world);
      const rows = [
        { ...ofPlatform(world), amountsMinor: MONTHS },
        ...(who === "owner"
          ? [{ teamId: null, productId: world.product, purpose: "product_running", amountsMinor: MONTHS }]
          : []),
      ];
      return { version, body: { versionId, rows, dryRun: false } };
    },
  },
  {
    route: "GET budgets.csv",
    who: READS,
    status: 200,
    request: async (world) => ({ query: { versionId: (await aVersion(world)).id } }),
  },
  {
    route: "PUT budgets.csv",
    who: OWN_TEAM,
    status: 200,
    request: async (world) => {
      const { id: versionId, version } = await aVersion(world);
      return { version, body: { versionId, text: await aFile(world, versionId), dryRun: false } };
    },
  },
  {
    route: "GET seat-effects",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 200,
    // Members get seats, or the terms change.
    omits: ["seats", "unitPriceMinor"],
    request: async (world) => {
      await anApproved(world);
      return {
        query: {
          ...{ subscriptionId: world.books.subscriptions.claudeTeam, planId: world.books.plans.standard },
          ...{ startsOn: "2027-05-01", memberIds: world.books.members.ben },
        },
      };
    },
  },
  {
    route: "GET thresholds",
    who: READS,
    status: 200,
    request: () => ({ query: { limit: "200" } }),
  },
  {
    route: "POST thresholds",
    who: OWN_TEAM,
    status: 201,
    request: (world) => ({ body: { ...aShare(world), percent: uniquePercent() } }),
  },
  {
    route: "DELETE thresholds/[id]",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 204,
    request: async (world) => {
      const { id } = await createThreshold(world.owner, { ...aShare(world), percent: uniquePercent() });
      return { params: { id } };
    },
  },
  {
    route: "GET alerts",
    who: READS,
    status: 200,
    request: () => ({ query: { month: "2026-10", limit: "200" } }),
  },
  {
    route: "GET budget-owners",
    who: READS,
    status: 200,
    request: () => ({ query: { limit: "200" } }),
  },
  {
    route: "POST budget-owners",
    who: OWN_TEAM,
    status: 201,
    // A line is a team's or a product's.
    omits: ["productId"],
    request: (world) => ({
      body: { ...ofPlatform(world), memberId: world.books.members.ada, startsOn: uniqueDay() },
    }),
  },
  {
    route: "DELETE budget-owners/[id]",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 204,
    request: async (world) => {
      const owner = { ...ofPlatform(world), memberId: world.books.members.ada, startsOn: uniqueDay() };
      return { params: { id: (await addOwner(world.owner, owner)).id } };
    },
  },
];
