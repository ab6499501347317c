import { detached, keepable } from "@/lib/domain/text";

const PROVIDER_PREFIX = /^(?:(?:anthropic|openai|google|us|us-gov|eu|apac|jp|au|global)[./]|models\/)/;
const SNAPSHOT = /[-@](?:20\d{6}|20\d{2}-\d{2}-\d{2})(?=$|-|:|\[)/;
const FAMILIES = ["fable", "opus", "sonnet", "haiku", "mythos"];

/**
 * The one name of a model that files name in several ways: `claude-opus-4-5-20251101`, `Claude Opus 4.5` and
 * `claude-opus-4.5` are all `claude-opus-4-5`. Names that are not known are kept, in lower case with hyphens.
 */
export function canonicalModel(name: string): string {
  const known = memory.get(name);
  if (known !== undefined) return known;
  const own = detached(name);
  const made = settled(own);
  if (memory.size < MEMORY_MAX) memory.set(own, made);
  return made;
}

/** Whether a text, as `canonicalModel` made it, can name a model. */
export const isModelName = (text: string): boolean =>
  text.length <= NAME_CHARACTERS_MAX && /^[\p{L}\p{N}][\p{L}\p{N}\p{M}.:@/[\]()+-]*$/u.test(text);

const NAME_CHARACTERS_MAX = 100;

/** Files name the same few models on every row. */
const memory = new Map<string, string>();
const MEMORY_MAX = 2_000;

/** What one ending hid may be another, and a name that is kept has to stay what it is. */
function settled(name: string): string {
  const made = canonical(name);
  return made === name ? made : settled(made);
}

function canonical(name: string): string {
  let text = keepable(name).trim().toLowerCase();
  while (PROVIDER_PREFIX.test(text)) text = text.replace(PROVIDER_PREFIX, "");
  text = text
    .replace(/\s*\((?:latest|preview)\)$/, "")
    .replace(/[\s_]+/g, "-")
    .replace(SNAPSHOT, "")
    .replace(/-v\d+(?::\d+)?$/, "")
    .replace(/-latest$/, "");
  const isClaude = text.startsWith("claude") || FAMILIES.some((family) => text.startsWith(`${family}-`));
  if (!isClaude) return text;
  const claude = text.startsWith("claude") ? text : `claude-${text}`;
  return inFamilyOrder(claude.replaceAll(".", "-")).replace(/-(\d)-0$/, "-$1");
}

/** Early names say the version first: `claude-3-5-haiku` is told as `claude-haiku-3-5`. */
function inFamilyOrder(text: string): string {
  const parts = /^claude-(\d(?:-\d)?)-([a-z]+)(.*)$/.exec(text);
  if (!parts) return text;
  const [, version = "", family = "", rest = ""] = parts;
  return `claude-${family}-${version}${rest}`;
}
