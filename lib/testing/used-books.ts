import { classify } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { listIdentities, matchIdentity } from "@/lib/identities/service";
import { createMember } from "@/lib/members/service";
import { createProduct } from "@/lib/products/service";
import { someBooks } from "@/lib/testing/books";
import { importFile } from "@/lib/testing/imports";

const HEADER =
  "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type";
const row = (day: string, model: string, workspace: string, key: string, cost: string) =>
  `2026-10-${day},${model},${workspace},${key},message,≤ 200k,output,${cost},token`;

const OPUS = "Claude Opus 4.5";
const HAIKU = "Claude Haiku 4.5";

const FILE = [
  HEADER,
  row("03", OPUS, "prod", "", "100.01"),
  row("20", OPUS, "prod", "", "50"),
  row("05", OPUS, "dev", "ada-key", "10"),
  row("06", OPUS, "dev", "ben-key", "20"),
  row("07", HAIKU, "dev", "ben-key", "5"),
  row("08", OPUS, "dev", "cem-key", "40"),
  row("09", OPUS, "dev", "dan-key", "1"),
  row("09", HAIKU, "dev", "dan-key", "2"),
].join("\n");

/**
 * The books of `someBooks` with use in October 2026. "prod" counts 60 % for Checkout and 40 % for Search, from the 16th
 * on all for Search: 150.01 of nobody. Through keys of "dev", which is of no product, Ada used 10.00, Ben 25.00, Cem
 * (of Growth) 40.00 and Dan (of Platform) 3.00; of Haiku only Ben (5.00) and Dan (2.00).
 */
export async function usedBooks(ctx: Ctx) {
  const books = await someBooks(ctx);
  const { platform, growth } = books.teams;
  const [checkout, search] = [await product(ctx, "Checkout"), await product(ctx, "Search")];
  const share = { purpose: "product_running", teamId: growth, memberId: null } as const;
  const id = books.accounts.prod;
  await classify(ctx, {
    id,
    startsOn: "2026-01-01",
    shares: [
      { ...share, productId: checkout, basisPoints: 6_000 },
      { ...share, productId: search, basisPoints: 4_000 },
    ],
  });
  await classify(ctx, {
    id,
    startsOn: "2026-10-16",
    shares: [{ ...share, productId: search, basisPoints: 10_000 }],
  });
  const { id: dan } = await createMember(ctx, {
    name: "Dan",
    kind: "person",
    email: null,
    aliases: [],
    teamId: platform,
    startsOn: "2026-01-01",
  });
  const members = { ...books.members, dan };
  await importFile(ctx, "cost.csv", FILE);
  for (const [name, memberId] of Object.entries(members)) await match(ctx, `${name}-key`, memberId);
  return { ...books, members, products: { checkout, search } };
}

/** From a day on (else from the first), the name means the member. */
export async function match(ctx: Ctx, name: string, memberId: string, startsOn: string | null = null) {
  const { data } = await listIdentities(ctx, { limit: 50, unmatched: "false" });
  const identity = data.find((each) => each.name === name);
  await matchIdentity(ctx, { id: identity?.id ?? "", memberId, apiAccountId: null, startsOn });
}

const product = async (ctx: Ctx, name: string) => (await createProduct(ctx, { name, endsOn: null })).id;
