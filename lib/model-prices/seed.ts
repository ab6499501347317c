import { type ConditionalPrice, findProvider, type MatchLogic, type ModelInfo } from "@pydantic/genai-prices";

import { type CalendarDate, DATE_MIN } from "@/lib/domain/calendar-date";
import { canonicalModel } from "@/lib/domain/model-name";
import type { ServiceTier, TokenType } from "@/lib/domain/usage";

/** A dated price that an organization starts with, in dollars a million tokens. */
export type SeedModelPrice = {
  readonly serviceProvider: string;
  readonly model: string;
  readonly serviceTier: ServiceTier;
  readonly startsOn: CalendarDate;
  readonly perMillion: Readonly<Record<TokenType, string>>;
  readonly source: string;
  readonly asOf: CalendarDate;
};

/** Names in the package and in the catalogue. */
const PROVIDERS = [
  ["anthropic", "Anthropic"],
  ["openai", "OpenAI"],
  ["google", "Google"],
] as const;

const PACKAGE = { source: "genai-prices 0.1.8", asOf: "2026-09-23" };
const ANTHROPIC = { source: "Anthropic models page", asOf: "2026-11-22" };

/** Prompts that are longer cost more, but few are: the base price is taken. A threshold below would often be wrong. */
const LONG_PROMPT_TOKENS_MIN = 200_000;

/** What these take and give is counted in more than tokens of text. */
const OTHER_MEDIA = /audio|image|live|omni|realtime|transcribe|tts|whisper/;
/** Names that stand for many models, of which each has a name of its own. */
const PATTERN = /^claude$|^ft:|-$/;

/** The prices of the table below, then those of the package for the models that it does not name. */
export function seedModelPrices(): readonly SeedModelPrice[] {
  prices ??= [
    ...ANTHROPIC_PRICES,
    ...PROVIDERS.flatMap(([id, name]) => packagePrices(id, name)).filter(
      ({ serviceProvider, model }) => serviceProvider !== "Anthropic" || !ANTHROPIC_MODELS.has(model),
    ),
  ];
  return prices;
}

/** Made when first asked for, and once. */
let prices: readonly SeedModelPrice[] | undefined;

type Figures = readonly [input: number, cacheRead: number, write5m: number, write1h: number, output: number];

const perMillion = ([input, cacheRead, write5m, write1h, output]: Figures): SeedModelPrice["perMillion"] => ({
  uncachedInput: String(input),
  cacheRead: String(cacheRead),
  cacheWrite5m: String(write5m),
  cacheWrite1h: String(write1h),
  output: String(output),
});

const anthropic = (
  model: string,
  figures: Figures,
  {
    startsOn = DATE_MIN,
    serviceTier = "standard",
  }: { startsOn?: CalendarDate; serviceTier?: ServiceTier } = {},
): SeedModelPrice => ({
  serviceProvider: "Anthropic",
  model,
  serviceTier,
  startsOn,
  perMillion: perMillion(figures),
  ...ANTHROPIC,
});

const OPUS_5: Figures = [5, 0.5, 6.25, 10, 25];
const OPUS_4: Figures = [15, 1.5, 18.75, 30, 75];
const SONNET_5: Figures = [2, 0.2, 2.5, 4, 10];
const SONNET_4: Figures = [3, 0.3, 3.75, 6, 15];

/** Input, cache read, cache writes for five minutes and for an hour, and output, in dollars a million tokens. */
const ANTHROPIC_PRICES: readonly SeedModelPrice[] = [
  anthropic("claude-fable-5-1", [10, 0.25, 12.5, 20, 50], { startsOn: "2026-09-01" }),
  anthropic("claude-fable-5", [10, 1, 12.5, 20, 50]),
  anthropic("claude-opus-5-5", [4, 0.2, 5, 8, 20], { startsOn: "2026-09-22" }),
  anthropic("claude-opus-5-5", [8, 0.4, 10, 16, 40], { startsOn: "2026-09-22", serviceTier: "fast" }),
  ...["5", "4-8", "4-7", "4-6", "4-5"].map((version) => anthropic(`claude-opus-${version}`, OPUS_5)),
  ...["4-1", "4"].map((version) => anthropic(`claude-opus-${version}`, OPUS_4)),
  anthropic("claude-sonnet-5-5", SONNET_5),
  anthropic("claude-sonnet-5-5", [2, 0.1, 2.5, 4, 10], { startsOn: "2026-10-07" }),
  anthropic("claude-sonnet-5", SONNET_5),
  ...["4-6", "4-5", "4"].map((version) => anthropic(`claude-sonnet-${version}`, SONNET_4)),
  // Its price depends on the length of each prompt, which a day's totals do not say: so the name alone has none.
  anthropic(canonicalModel("claude-haiku-5-5 up to 100k"), [0.1, 0.01, 0.125, 0.2, 0.5]),
  anthropic(canonicalModel("claude-haiku-5-5 above 100k"), [0.5, 0.05, 0.625, 1, 2.5]),
  anthropic("claude-haiku-4-5", [1, 0.1, 1.25, 2, 5]),
];

const ANTHROPIC_MODELS: ReadonlySet<string> = new Set([
  ...ANTHROPIC_PRICES.map(({ model }) => model),
  "claude-haiku-5-5",
]);

function packagePrices(providerId: string, serviceProvider: string): SeedModelPrice[] {
  const models = findProvider({ providerId })?.models ?? [];
  const byName = new Map<string, ModelInfo>();
  const add = (name: string, model: ModelInfo) => {
    if (!byName.has(name)) byName.set(name, model);
  };
  // A snapshot with a price of its own comes down to the same name: the one that bears the name stands for it.
  for (const model of models) if (model.id === canonicalModel(model.id)) add(model.id, model);
  for (const model of models) add(canonicalModel(model.id), model);
  for (const model of models) for (const alias of equalNames(model.match)) add(canonicalModel(alias), model);

  return (
    [...byName]
      .filter(([name]) => !OTHER_MEDIA.test(name) && !PATTERN.test(name) && !isHyphenated(name, byName))
      // Others sell Claude too, at prices that depend on the region.
      .filter(([name]) => name.startsWith("claude-") === (providerId === "anthropic"))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([model, { prices: of }]) =>
        datedPrices(of).map((dated) => ({
          serviceProvider,
          model,
          serviceTier: "standard" as const,
          ...dated,
          ...PACKAGE,
        })),
      )
  );
}

/** The other names that a model has; patterns name no model. */
function equalNames(match: MatchLogic): string[] {
  if ("equals" in match) return [match.equals];
  return "or" in match ? match.or.flatMap(equalNames) : [];
}

/** Whether it is another's name with hyphens for points, as only resellers write it. */
function isHyphenated(name: string, all: ReadonlyMap<string, ModelInfo>): boolean {
  const pointed = name.replace(/(?<=\d)-(?=\d)/, ".");
  return pointed !== name && all.get(pointed) === all.get(name);
}

type DatedPrice = Pick<SeedModelPrice, "startsOn" | "perMillion">;

/** The prices of a model by day; none when any of them is not one that a day's tokens can be priced with. */
function datedPrices(of: ModelInfo["prices"]): DatedPrice[] {
  const conditional: readonly ConditionalPrice[] = Array.isArray(of) ? of : [{ prices: of }];
  const dated: DatedPrice[] = [];
  for (const { constraint, prices: figures } of conditional) {
    const price = plainPrice(figures);
    if (price === null || constraint?.type === "time_of_date") return [];
    const last = dated.at(-1);
    // Only what is above the long prompts' threshold changed.
    if (last && JSON.stringify(last.perMillion) === JSON.stringify(price)) continue;
    dated.push({ startsOn: constraint?.start_date ?? DATE_MIN, perMillion: price });
  }
  return dated;
}

/** What is not priced by itself costs what it is a kind of: cached tokens as input, writes for an hour as writes. */
function plainPrice(figures: ConditionalPrice["prices"]): SeedModelPrice["perMillion"] | null {
  const figure = (key: string): number | null => {
    const price = figures[key];
    if (price === undefined || typeof price === "number") return price ?? null;
    return price.tiers.every(({ start }) => start >= LONG_PROMPT_TOKENS_MIN) ? price.base : Number.NaN;
  };
  const input = figure("input_mtok");
  const output = figure("output_mtok");
  if (input === null || output === null) return null;
  const write = figure("cache_write_mtok") ?? input;
  const all: Figures = [
    input,
    figure("cache_read_mtok") ?? input,
    write,
    figure("cache_write_1h_mtok") ?? write,
    output,
  ];
  return all.some(Number.isNaN) ? null : perMillion(all);
}
