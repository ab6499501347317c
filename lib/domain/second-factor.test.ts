import { expect, test } from "vitest";

import { isOneTimeCode, isRecoveryCode, plainCode, secondFactorStep, writtenCode } from "./second-factor";

const known = {
  roles: ["owner", "member"],
  requiredOf: [],
  hasOne: true,
  proven: false,
  vouched: false,
} as const;

test.each([
  { name: "whoever has one proves it", step: "prove" },
  { name: "once a session", proven: true, step: null },
  { name: "also where their role asks for it", requiredOf: ["owner"], step: "prove" },
  { name: "whoever needs one sets it up", hasOne: false, requiredOf: ["owner"], step: "set_up" },
  { name: "nobody else does", hasOne: false, requiredOf: ["finance"], step: null },
  { name: "or has to have one", hasOne: false, step: null },
  { name: "a provider asks for its own", requiredOf: ["owner"], vouched: true, step: null },
  { name: "whatever its person has here", hasOne: false, requiredOf: ["owner"], vouched: true, step: null },
] as const)("$name", ({ name: _, step, ...changes }) => {
  expect(secondFactorStep({ ...known, ...changes })).toBe(step);
});

test("codes are taken as people read and write them", () => {
  expect(isOneTimeCode(plainCode(" 123 456"))).toBe(true);
  expect([isOneTimeCode("12345"), isOneTimeCode("１２３４５６"), isOneTimeCode("1234567")]).toEqual([
    false,
    false,
    false,
  ]);
  const written = writtenCode("abcdefghijklmnop");
  expect(written).toBe("abcd-efgh-ijkl-mnop");
  expect(isRecoveryCode(plainCode(written.toUpperCase()))).toBe(true);
});
