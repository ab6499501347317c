import { nanoText } from "@/lib/domain/decimal";
import type { UsageCostKind } from "@/lib/domain/usage";
import type { ExactCost, IdentitySum } from "@/lib/imports/schema";

type Sum = { rows: number; currency: string; nano: bigint };
type KindSum = { readonly costKind: UsageCostKind; readonly currency: string; nano: bigint };

/** Adds up rows as they are staged, so that a preview has no need to read a million of them again. */
export class StagedSums {
  readonly #identities = new Map<string, Sum>();
  readonly #kinds: KindSum[] = [];
  #tokens = 0;

  /** @param nano what the row costs; null: price unknown */
  add(
    identityId: string,
    row: {
      readonly costKind: UsageCostKind;
      readonly currency: string;
      readonly nano: bigint | null;
      readonly tokens: number;
    },
  ): void {
    const { costKind, currency, tokens } = row;
    const nano = row.nano ?? 0n;
    this.#tokens += tokens;
    const known = this.#identities.get(identityId);
    if (known) {
      known.rows++;
      known.nano += nano;
    } else this.#identities.set(identityId, { rows: 1, currency, nano });
    // A file has one or two kinds, so that looking through them is quicker than a name for each.
    const kind = this.#kinds.find((each) => each.costKind === costKind && each.currency === currency);
    if (kind) kind.nano += nano;
    else this.#kinds.push({ costKind, currency, nano });
  }

  get tokens(): number {
    return this.#tokens;
  }

  costs(): ExactCost[] {
    return this.#kinds
      .map(({ costKind, currency, nano }) => ({ costKind, currency, cost: nanoText(nano) }))
      .sort((a, b) => (`${a.costKind} ${a.currency}` < `${b.costKind} ${b.currency}` ? -1 : 1));
  }

  byIdentity(): ReadonlyMap<string, IdentitySum> {
    return this.#identities;
  }
}
