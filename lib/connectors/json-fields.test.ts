import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { fieldsAt, jsonFields } from "./json-fields";

const values = (text: string, ...names: string[]) => {
  const found = jsonFields(text, 0, text.length, fieldsAt(names));
  return (
    found && names.map((_, index) => text.slice(found[2 * index], Math.max(0, found[2 * index + 1] ?? 0)))
  );
};

describe("fields of a JSON object", () => {
  test.each([
    ["of any kind", '{"a":1,"b":"x","c":[{"a":2}],"d":null}', ["1", '"x"', '[{"a":2}]']],
    ["with space between", ' { "a" : -1.5e3 ,\t"b" : { } , "c":true } ', ["-1.5e3", "{ }", "true"]],
    ["that are not there", '{"x":{"a":1,"b":2}}', ["", "", ""]],
    ["whose names stand in texts", '{"t":"\\"a\\":9,{","a":"}\\\\"}', ['"}\\\\"', "", ""]],
    ["that come twice: the last", '{"a":1,"a":2}', ["2", "", ""]],
    ["of an empty object", "{}", ["", "", ""]],
  ])("%s", (_, text, expected) => {
    expect(values(text, "a", "b", "c")).toEqual(expected);
  });

  test.each([
    "",
    "[]",
    '"a"',
    "{",
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":"x',
    '{"a":[1}',
    "{a:1}",
    '{"a" 1}',
  ])("are not found in %s", (text) => {
    expect(values(text, "a")).toBeNull();
  });

  test.each([
    [
      "inside of others",
      '{"a":{"x":1,"b":{"c":2},"c":3},"b":4}',
      ['{"x":1,"b":{"c":2},"c":3}', '{"c":2}', "2"],
    ],
    ["only inside of objects", '{"a":[{"b":{"c":2}}]}', ['[{"b":{"c":2}}]', "", ""]],
    ["of the last where one comes twice", '{"a":{"b":{"c":2}},"a":{"b":3}}', ['{"b":3}', "3", ""]],
    ["of the last, which is no object", '{"a":{"b":{"c":2}},"a":0}', ["0", "", ""]],
  ])("%s", (_, text, expected) => {
    expect(values(text, "a", "a.b", "a.b.c")).toEqual(expected);
  });

  test("are not found where an object inside is broken", () => {
    expect(values('{"a":{"b" 1}}', "a", "a.b")).toBeNull();
  });

  test("are not looked for behind the object's line", () => {
    const text = '{"a":1\n,"b":2}\n';
    expect(jsonFields(text, 0, text.indexOf("\n"), fieldsAt(["a"]))).toBeNull();
  });

  test("are what a parser finds", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("a", "b", "c d", "e"), fc.jsonValue()), (object) => {
        const text = JSON.stringify(object);
        const names = ["a", "b", "c d"];
        expect(values(text, ...names)).toEqual(
          names.map((name) => (name in object ? JSON.stringify(object[name]) : "")),
        );
      }),
    );
  });
});
