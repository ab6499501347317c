import { createHash } from "node:crypto";
import { expect, test } from "vitest";

import { CHAIN_START, CHAIN_START_HASH, checkHeads, followChain } from "./audit-chain";

type Event = { sequence: number; previousHash: string; hash: string; content: string };

const hashOf = ({ previousHash, content }: Event, sequence: number) =>
  createHash("sha256").update(`${previousHash} ${sequence} ${content}`).digest("hex");

function chain(length: number, start: readonly Event[] = []): Event[] {
  const events = [...start];
  for (let sequence = start.length + 1; sequence <= length; sequence++) {
    const event = {
      sequence,
      previousHash: events.at(-1)?.hash ?? CHAIN_START_HASH,
      hash: "",
      content: `event ${sequence}`,
    };
    events.push({ ...event, hash: hashOf(event, sequence) });
  }
  return events;
}

/** Follows in pages of three, and says kind and place of each fault. */
function faultsOf(events: readonly Event[]) {
  const inOrder = events.toSorted((a, b) => a.sequence - b.sequence);
  let walk = CHAIN_START;
  for (let start = 0; start < inOrder.length; start += 3) {
    walk = followChain(walk, inOrder.slice(start, start + 3), hashOf);
  }
  return walk.faults.map(({ kind, sequence, through }) => `${kind} ${sequence}-${through}`);
}

const edit = (events: readonly Event[], sequence: number, change: Partial<Event>) =>
  events.map((event) => (event.sequence === sequence ? { ...event, ...change } : event));

test("a trail that nobody touched has no fault", () => {
  expect(faultsOf([])).toEqual([]);
  expect(faultsOf(chain(10))).toEqual([]);
});

test.each([1, 2, 5, 10])("an altered event is named: %i of 10", (at) => {
  expect(faultsOf(edit(chain(10), at, { content: "other" }))).toEqual([`altered ${at}-${at}`]);
  const whole = chain(10);
  const { previousHash } = whole[at - 1]!;
  const hash = hashOf({ previousHash, content: "other", sequence: at, hash: "" }, at);
  // With its own hash made anew, only the event after it tells.
  const remade = faultsOf(edit(whole, at, { content: "other", hash }));
  expect(remade).toEqual(at === 10 ? [] : [`altered ${at}-${at}`]);
});

test("removed events are named, also where the later ones were moved up", () => {
  const whole = chain(10);
  const without = whole.filter(({ sequence }) => sequence !== 4 && sequence !== 5);
  expect(faultsOf(without)).toEqual(["removed 4-5"]);
  const closed = without.map((event, index) => ({ ...event, sequence: index + 1 }));
  expect(faultsOf(closed)).toEqual(["removed 4-5"]);
  expect(faultsOf(whole.slice(1))).toEqual(["removed 1-1"]);
});

test("two events that changed places are named", () => {
  const whole = chain(10);
  const swapped = (a: number, b: number) =>
    whole.map((event) => {
      if (event.sequence === a) return { ...event, sequence: b };
      return event.sequence === b ? { ...event, sequence: a } : event;
    });
  expect(faultsOf(swapped(3, 8))).toEqual(["moved 3-3", "moved 8-8"]);
  expect(faultsOf(swapped(3, 4))).toEqual(["moved 3-3", "moved 4-4"]);
});

test("an event inserted in the past is named, whether its hash is right or not", () => {
  const whole = chain(10);
  const later = whole.map((event) =>
    event.sequence > 4 ? { ...event, sequence: event.sequence + 1 } : event,
  );
  const forged = { sequence: 5, previousHash: whole[3]!.hash, hash: "no hash", content: "forged" };
  expect(faultsOf([...later, forged])).toEqual(["inserted 5-5"]);
  expect(faultsOf([...later, { ...forged, hash: hashOf(forged, 5) }])).toEqual(["inserted 5-5"]);
  expect(faultsOf([...whole, { ...forged, sequence: 0 }])).toEqual(["inserted 0-0"]);
});

test("several faults at once are each named", () => {
  const broken = edit(chain(20), 3, { content: "other" })
    .filter(({ sequence }) => sequence !== 9)
    .map((event) => (event.sequence === 15 ? { ...event, content: "other" } : event));
  expect(faultsOf(broken)).toEqual(["altered 3-3", "removed 9-9", "altered 15-15"]);
});

test("a kept head shows a cut tail and a trail made anew", () => {
  const whole = chain(10);
  const head = { sequence: 10, hash: whole[9]!.hash };
  const early = { sequence: 2, hash: whole[1]!.hash };
  const check = (events: readonly Event[], heads = [early, head]) =>
    checkHeads(followChain(CHAIN_START, events, hashOf), heads, (at) => events[at - 1]?.hash).map(
      ({ kind, sequence, through }) => `${kind} ${sequence}-${through}`,
    );
  expect(check(whole)).toEqual([]);
  expect(check(chain(12, whole))).toEqual([]);
  expect(check(whole.slice(0, 7))).toEqual(["cut 8-10"]);
  expect(check([])).toEqual(["cut 1-10"]);
  const fourth = { ...whole[3]!, content: "other" };
  const remade = chain(11, [...whole.slice(0, 3), { ...fourth, hash: hashOf(fourth, 4) }]);
  expect(faultsOf(remade)).toEqual([]);
  expect(check(remade)).toEqual(["rewritten 3-10"]);
  // What was found in the chain itself is not told twice.
  const closed = whole
    .filter(({ sequence }) => sequence !== 4)
    .map((e, index) => ({ ...e, sequence: index + 1 }));
  expect(check(closed)).toEqual([]);
});
