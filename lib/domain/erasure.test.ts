import { describe, expect, test } from "vitest";

import { pseudonymOf, termsOf, withoutPerson } from "./erasure";

const ID = "01a2131e-76ab-7237-a67d-718c5f14e231";
const NAME = "Erased person 5f14e231";
const GRACE = ["Grace Hopper", "grace.hopper@navy.example", "ghopper", "Max"];
const terms = termsOf(GRACE, ["Claude Max", "Ada Lovelace", "Platform"]);
const without = <T>(value: T) => withoutPerson(value, terms, pseudonymOf(ID));

describe("an erased person", () => {
  test.each([
    ["Grace Hopper", NAME],
    ["Seat of GRACE  HOPPER from May", `Seat of ${NAME} from May`],
    ["Hopper, Grace (navy)", `${NAME} (navy)`],
    ["mail grace.hopper@navy.example; thanks", `mail ${NAME}; thanks`],
    ["key/ghopper/1", `key/${NAME}/1`],
    // A word that means something else too is a person only where it stands alone.
    ["Max", NAME],
    ["Claude Max", "Claude Max"],
    // Part of a word is another word.
    ["ghoppers", "ghoppers"],
    ["Grace Hopperson", "Grace Hopperson"],
    ["Grace", "Grace"],
  ])("in %j leaves %j", (text, left) => {
    expect(without(text)).toBe(left);
  });

  test("is found in every corner of a draft, and what is not about them stays the same object", () => {
    const value = { lines: [{ who: "ghopper", minor: 5 }, { "Grace Hopper": null }], ok: true };
    expect(without(value)).toEqual({ lines: [{ who: NAME, minor: 5 }, { [NAME]: null }], ok: true });
    const other = { a: ["b", { c: 1 }] };
    expect(without(other)).toBe(other);
  });

  test("with signs of patterns in the name is taken by the letter", () => {
    const odd = termsOf(["J. (Jo) O'Neil+x", "[a-z]+ .*"], []);
    expect(withoutPerson("by J. (Jo) O'Neil+x and abc def", odd, NAME)).toBe(`by ${NAME} and abc def`);
  });

  test("of one word that others have too is left in texts, and of nothing in none", () => {
    const ada = termsOf(["Ada"], ["Ada Lovelace"]);
    expect(withoutPerson("Ada's seat", ada, NAME)).toBe("Ada's seat");
    expect(withoutPerson("ada", ada, NAME)).toBe(NAME);
    expect(withoutPerson("anything", termsOf([" "], []), NAME)).toBe("anything");
  });
});
