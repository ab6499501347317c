import { describe, expect, test } from "vitest";

import { readPastedPeople } from "./pasted-column";

const names = (text: string, known: string[] = []) =>
  readPastedPeople(text, known).people.map(({ name }) => name);

describe("readPastedPeople", () => {
  test("reads one person a row, whatever ends the rows", () => {
    expect(names("Ada Lovelace\r\nGrace Hopper\rAlan Turing\n\n")).toEqual([
      "Ada Lovelace",
      "Grace Hopper",
      "Alan Turing",
    ]);
  });

  test("leaves out the column's heading", () => {
    expect(names("Name\nAda Lovelace")).toEqual(["Ada Lovelace"]);
  });

  test.each([
    ["a cell beside it", "Ada Lovelace\tada@example.com"],
    ["a cell before it", "ada@example.com\tAda Lovelace"],
    ["an addressee of a mail", '"Ada Lovelace" <ada@example.com>'],
    ["a semicolon", "Ada Lovelace; ada@example.com"],
  ])("finds the address in %s", (_, row) => {
    expect(readPastedPeople(row, []).people).toEqual([{ name: "Ada Lovelace", email: "ada@example.com" }]);
  });

  test("names somebody by an address alone", () => {
    expect(readPastedPeople("ada@example.com", []).people).toEqual([
      { name: "ada", email: "ada@example.com" },
    ]);
  });

  test("keeps surnames that stand first", () => {
    expect(names("Lovelace, Ada")).toEqual(["Lovelace, Ada"]);
  });

  test("tells who is named twice or there already", () => {
    const { people, repeated } = readPastedPeople("Ada\nada\nGrace", ["GRACE"]);
    expect(people.map(({ name }) => name)).toEqual(["Ada"]);
    expect(repeated).toEqual(["ada", "Grace"]);
  });

  test("tells which rows cannot be a name", () => {
    expect(readPastedPeople(`${"x".repeat(101)}\nAda`, []).unreadable).toEqual(["x".repeat(101)]);
  });
});
