import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { analyze, type CopyIn, copyIn } from "@/lib/db/copy-in";
import { newId } from "@/lib/db/id";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { FileFormat } from "@/lib/domain/file-format";
import { costOfTokens, type PriceBook } from "@/lib/domain/model-price";
import { type RowKey, rowKey } from "@/lib/domain/row-key";
import { detached } from "@/lib/domain/text";
import { type ExternalIdentity, TOKEN_TYPES, type TokenCounts, type UsageFact } from "@/lib/domain/usage";
import type { StagedIdentity } from "@/lib/imports/schema";
import { StagedSums } from "@/lib/imports/staged-sums";

const TARGET =
  "staged_usage (organization_id, import_id, position, identity_id, day, key, source, model, service_tier, cost_kind, " +
  "uncached_input, cache_read, cache_write_5m, cache_write_1h, output, requests, cost_nano, currency, spread_days)";
const FIELDS = 19;
const MANY_ROWS = 10_000;

/** What was staged, apart from the rows themselves. */
export type Staged = {
  readonly rows: number;
  readonly identities: readonly StagedIdentity[];
  readonly firstDay: CalendarDate | null;
  readonly lastDay: CalendarDate | null;
  readonly unpricedModels: readonly string[];
  readonly sums: StagedSums;
  /** Whether some rows agree in everything that tells rows apart, and are to be summed. */
  readonly repeated: boolean;
};

/** Sends usage on to the staging table as it is read, priced where the file has no price. */
export class UsageStaging {
  readonly #ids = new Map<string, StagedIdentity>();
  readonly #unpriced = new Set<string>();
  readonly #fingerprints = new Fingerprints();
  readonly #sums = new StagedSums();
  #rows = 0;
  #firstDay: CalendarDate | null = null;
  #lastDay: CalendarDate | null = null;

  private constructor(
    private readonly copy: CopyIn,
    private readonly ids: { readonly organizationId: string; readonly importId: string },
    private readonly source: FileFormat,
    private readonly prices: PriceBook,
  ) {}

  static async open(
    ctx: Pick<Ctx, "organization">,
    { importId, source, prices }: { importId: string; source: FileFormat; prices: PriceBook },
  ): Promise<UsageStaging> {
    const organizationId = ctx.organization.id;
    return new UsageStaging(await copyIn(TARGET), { organizationId, importId }, source, prices);
  }

  async add(facts: readonly UsageFact[]): Promise<void> {
    for (const fact of facts) {
      this.#write(fact);
      // Waiting costs a turn, even for nothing.
      if (this.copy.rows.isFull) await this.copy.flush();
    }
  }

  async commit(): Promise<Staged> {
    await this.copy.commit();
    return {
      rows: this.#rows,
      identities: [...this.#ids.values()],
      firstDay: this.#firstDay,
      lastDay: this.#lastDay,
      unpricedModels: [...this.#unpriced].sort(),
      sums: this.#sums,
      repeated: this.#fingerprints.repeated(),
    };
  }

  rollback(): Promise<void> {
    return this.copy.rollback();
  }

  /** To be called when the names of the rows are in the books too. */
  async settle(): Promise<void> {
    if (this.#rows >= MANY_ROWS) await analyze(["identity", "staged_usage"]);
  }

  #write(fact: UsageFact): void {
    const { rows } = this.copy;
    const { day, model, serviceTier, costKind, tokens } = fact;
    const identity = this.#identity(fact.identity);
    const key = rowKey(`${this.source}|${model}|${serviceTier}|${fact.dimensions}`);
    this.#fingerprints.add(identity.id, day, key);
    if (this.#firstDay === null || day < this.#firstDay) this.#firstDay = day;
    if (this.#lastDay === null || day > this.#lastDay) this.#lastDay = day;
    const cost = this.#cost(fact);
    const currency = cost?.currency ?? "USD";
    const nano = cost?.nano ?? null;
    this.#sums.add(identity.id, { costKind, currency, nano, tokens: tokensIn(tokens) });

    rows.startRow(FIELDS);
    rows.uuid(this.ids.organizationId);
    rows.uuid(this.ids.importId);
    rows.int32(this.#rows++);
    rows.uuid(identity.id);
    rows.date(day);
    rows.bits64(key.high, key.low);
    rows.text(this.source);
    rows.text(model);
    rows.text(serviceTier);
    rows.text(costKind);
    for (const type of TOKEN_TYPES) rows.count(tokens[type]);
    rows.count(fact.requests);
    rows.int64(nano);
    rows.text(currency);
    rows.int16(fact.spreadDays);
  }

  #cost(fact: UsageFact): { nano: bigint; currency: string } | null {
    if (fact.cost) return fact.cost;
    const priced = costOfTokens(this.prices, fact);
    if (priced) return priced;
    if (TOKEN_TYPES.every((type) => fact.tokens[type] === 0)) return { nano: 0n, currency: "USD" };
    this.#unpriced.add(fact.model);
    return null;
  }

  #identity(identity: ExternalIdentity): StagedIdentity {
    const key = `${identity.kind}|${identity.externalId}`;
    const known = this.#ids.get(key);
    if (known) return known;
    const parentId = identity.parent === null ? null : this.#identity(identity.parent).id;
    const [name, externalId] = [detached(identity.name), detached(identity.externalId)];
    const made = { ...identity, name, externalId, id: newId(), parentId };
    this.#ids.set(detached(key), made);
    return made;
  }
}

const tokensIn = (tokens: TokenCounts): number =>
  tokens.uncachedInput + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.output;

/** Tells whether two of many rows are alike, in eight bytes a row. */
class Fingerprints {
  /** Halves of 64 bits, the low one first. */
  #halves = new Uint32Array(8_192);
  #count = 0;
  readonly #hashes = new Map<string, RowKey>();

  add(identityId: string, day: CalendarDate, key: RowKey): void {
    const at = this.#count * 2;
    if (at === this.#halves.length) {
      const larger = new Uint32Array(this.#halves.length * 2);
      larger.set(this.#halves);
      this.#halves = larger;
    }
    const [identity, date] = [this.#hashOf(identityId), this.#hashOf(day)];
    this.#halves[at] = key.low ^ identity.low ^ date.low;
    this.#halves[at + 1] = key.high ^ identity.high ^ date.high;
    this.#count++;
  }

  repeated(): boolean {
    const sorted = new BigUint64Array(this.#halves.buffer, 0, this.#count).sort();
    for (let index = 1; index < sorted.length; index++) if (sorted[index] === sorted[index - 1]) return true;
    return false;
  }

  #hashOf(text: string): RowKey {
    const known = this.#hashes.get(text);
    if (known) return known;
    const made = rowKey(text);
    this.#hashes.set(text, made);
    return made;
  }
}
