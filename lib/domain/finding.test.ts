import { expect, test } from "vitest";

import { type FindingStatus, type KnownFinding, statusNow } from "./finding";

const found = { amountMinor: 5_000, seenOn: "2026-11-25" };
const known = (status: FindingStatus, changes: Partial<KnownFinding> = {}): KnownFinding => ({
  ...{ status, acceptedMinor: null, fixedOn: null },
  ...changes,
});

test.each<[string, KnownFinding, typeof found | null, FindingStatus]>([
  ["open stays open", known("open"), found, "open"],
  ["open is gone when it is no longer found", known("open"), null, "gone"],
  [
    "accepted stays accepted below twice the amount",
    known("accepted", { acceptedMinor: 2_501 }),
    found,
    "accepted",
  ],
  ["accepted opens again at twice the amount", known("accepted", { acceptedMinor: 2_500 }), found, "open"],
  ["accepted is gone when it is no longer found", known("accepted", { acceptedMinor: 5_000 }), null, "gone"],
  [
    "what was accepted and gone comes back accepted",
    known("gone", { acceptedMinor: 5_000 }),
    found,
    "accepted",
  ],
  [
    "what was accepted and gone comes back open at twice the amount",
    known("gone", { acceptedMinor: 2_000 }),
    found,
    "open",
  ],
  ["gone opens again", known("gone"), found, "open"],
  ["fixed stays fixed", known("fixed", { fixedOn: "2026-11-25" }), null, "fixed"],
  [
    "fixed stays fixed while the evidence is of before",
    known("fixed", { fixedOn: "2026-11-25" }),
    found,
    "fixed",
  ],
  ["fixed opens again by evidence of a later day", known("fixed", { fixedOn: "2026-11-24" }), found, "open"],
])("%s", (_name, finding, now, status) => {
  expect(statusNow(finding, now)).toBe(status);
});
