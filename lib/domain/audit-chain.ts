/** What ties an event of the trail to its place: its number, the hash of the one before, and its own. */
export type ChainLink = { readonly sequence: number; readonly previousHash: string; readonly hash: string };

/** The end of a trail at some moment, kept outside the database, so that a trail that was cut or made anew shows. */
export type ChainHead = { readonly sequence: number; readonly hash: string };

export const CHAIN_FAULTS = ["altered", "removed", "inserted", "moved", "cut", "rewritten"] as const;

/** What is wrong with a trail, by the numbers of the events that it concerns. */
export type ChainFault = {
  readonly kind: (typeof CHAIN_FAULTS)[number];
  readonly sequence: number;
  /** The last one, where it is about several. */
  readonly through: number;
  /** Of an event that was moved: the number under which it was written. */
  readonly writtenAs: number | null;
};

/** How far a trail was followed. */
export type ChainWalk = {
  readonly last: ChainLink | null;
  /** How many places later the events stand than they were written. */
  readonly shift: number;
  /** The last event is at fault, so that what comes after it need not link to it. */
  readonly suspect: boolean;
  /** Of the events just passed, by hash. */
  readonly passed: ReadonlyMap<string, number>;
  readonly faults: readonly ChainFault[];
};

export const CHAIN_START_HASH = "0".repeat(64);

export const CHAIN_START: ChainWalk = {
  last: null,
  shift: 0,
  suspect: false,
  passed: new Map([[CHAIN_START_HASH, 0]]),
  faults: [],
};

/** How far an event is looked for from where it stands, and how many hashes behind are remembered. */
const REACH = 100;

/**
 * Goes further along a trail. Each event's hash is made of the hash before, its number and its content, so: an event
 * whose hash is not its own was altered; one whose hash is right under another number was moved; one that links past
 * its neighbour shows that the neighbour was inserted; a number that is missing was removed.
 *
 * @param links the next events by their numbers
 * @param hashAs the hash that an event's content has under a number, after its own previous hash
 */
export function followChain<Link extends ChainLink>(
  walk: ChainWalk,
  links: readonly Link[],
  hashAs: (link: Link, sequence: number) => string,
): ChainWalk {
  // One map for the stretch, and not one for each event: a trail has a million of them.
  const passed = new Map(walk.passed);
  let reached = walk;
  for (const link of links) {
    reached = step({ ...reached, passed }, link, (sequence) => hashAs(link, sequence));
    passed.set(link.hash, link.sequence);
  }
  return { ...reached, passed: new Map([...passed].slice(-REACH)) };
}

function step(walk: ChainWalk, link: ChainLink, hashAs: (sequence: number) => string): ChainWalk {
  const before = walk.last?.sequence ?? 0;
  if (link.sequence <= before) return { ...walk, faults: [...walk.faults, fault("inserted", link.sequence)] };
  const gap = link.sequence > before + 1;
  const faults = gap ? [...walk.faults, fault("removed", before + 1, link.sequence - 1)] : walk.faults;
  const next = { ...walk, last: link };

  const shift = shiftOf(link, walk.shift, hashAs);
  if (shift === null) return { ...next, suspect: true, faults: [...faults, fault("altered", link.sequence)] };
  if (shift !== walk.shift) return { ...next, ...shifted(walk, faults, link, shift) };
  const linked = link.previousHash === (walk.last?.hash ?? CHAIN_START_HASH);
  // The event says itself what came before it, so that what stands there now is something else.
  const replaced = !linked && !gap && !walk.suspect && before > 0;
  return { ...next, suspect: false, faults: replaced ? [...faults, fault("altered", before)] : faults };
}

/** An event that stands elsewhere than it was written: alone, or because something before it came or went. */
function shifted(
  walk: ChainWalk,
  faults: readonly ChainFault[],
  link: ChainLink,
  shift: number,
): Pick<ChainWalk, "shift" | "suspect" | "faults"> {
  const writtenAs = link.sequence - shift;
  const last = faults.at(-1);
  const lone = last?.kind === "moved" && last.sequence === link.sequence - 1 ? last : null;
  const after = walk.passed.get(link.previousHash);
  const skipped = link.sequence - (shift - walk.shift);
  // Where another event stands in this one's old place, the two changed places, and nothing was inserted.
  const swapped = faults.some(({ kind, sequence }) => kind === "moved" && sequence >= skipped);
  if (!swapped && shift > walk.shift && after === skipped - 1) {
    const own = faults.filter(({ kind, sequence }) => kind !== "altered" || sequence < skipped);
    return { shift, suspect: false, faults: [...own, fault("inserted", skipped, link.sequence - 1)] };
  }
  if (lone !== null && lone.sequence - (lone.writtenAs ?? 0) === shift) {
    // Two in a row by the same distance: what came or went stands before the first of them.
    const first = lone.sequence;
    const found =
      shift > walk.shift
        ? fault("inserted", first - (shift - walk.shift), first - 1)
        : fault("removed", first - walk.shift, (lone.writtenAs ?? first) - 1);
    return { shift, suspect: false, faults: [...faults.slice(0, -1), found] };
  }
  return {
    shift: walk.shift,
    suspect: true,
    faults: [...faults, { ...fault("moved", link.sequence), writtenAs }],
  };
}

function shiftOf(
  { sequence, hash }: ChainLink,
  usual: number,
  hashAs: (sequence: number) => string,
): number | null {
  if (hashAs(sequence - usual) === hash) return usual;
  for (let distance = 1; distance <= REACH; distance++) {
    for (const shift of [usual + distance, usual - distance]) {
      if (sequence - shift > 0 && hashAs(sequence - shift) === hash) return shift;
    }
  }
  return null;
}

/**
 * What the heads that were kept say of a trail that was followed to its end: that its tail is gone, or that it was
 * made anew, hashes and all, which it does not show by itself.
 *
 * @param hashOf the hash of the event with a number
 */
export function checkHeads(
  walk: ChainWalk,
  heads: readonly ChainHead[],
  hashOf: (sequence: number) => string | undefined,
): ChainFault[] {
  const end = walk.last?.sequence ?? 0;
  const faults: ChainFault[] = [];
  let whole = 0;
  for (const { sequence, hash } of heads.toSorted((a, b) => a.sequence - b.sequence)) {
    if (sequence + walk.shift > end) {
      faults.push(fault("cut", end + 1, sequence + walk.shift));
    } else if (hashOf(sequence) === hash) {
      whole = sequence;
    } else if (!walk.faults.some((known) => known.sequence <= sequence)) {
      faults.push(fault("rewritten", whole + 1, sequence));
    }
  }
  // The latest head says the most of a cut, the first one of what was made anew.
  const cut = faults.filter(({ kind }) => kind === "cut").at(-1);
  const rewritten = faults.find(({ kind }) => kind === "rewritten");
  return [...(rewritten ? [rewritten] : []), ...(cut ? [cut] : [])];
}

const fault = (kind: ChainFault["kind"], sequence: number, through = sequence): ChainFault => ({
  kind,
  sequence,
  through,
  writtenAs: null,
});

/** A fault in a sentence. */
export function chainFaultText({ kind, sequence, through, writtenAs }: ChainFault): string {
  const one = sequence === through;
  const events = one ? `Event ${sequence}` : `Events ${sequence} to ${through}`;
  const was = one ? "was" : "were";
  switch (kind) {
    case "altered":
      return `${events} ${was} altered: what it says is not what was written.`;
    case "removed":
      return `${events} ${was} removed.`;
    case "inserted":
      return `${events} ${was} inserted afterwards.`;
    case "moved":
      return `${events} ${was} moved: it was written as event ${writtenAs ?? "of another place"}.`;
    case "cut":
      return `${events} ${was} removed from the end: a head that was kept knows of ${one ? "it" : "them"}.`;
    case "rewritten":
      return `Among ${events.toLowerCase()} the trail was made anew: a head that was kept has another hash.`;
  }
}
