import { describe, expect, test } from "vitest";

import {
  at,
  blockOf,
  changed,
  filledRight,
  isInside,
  moved,
  next,
  pastedBlock,
  placed,
  selected,
} from "./budget-grid";

const SIZE = { rows: 3, columns: 12 };
const place = (row: number, column: number) => ({ row, column });
const from = (top: number, left: number, bottom: number, right: number) => ({
  anchor: place(top, left),
  focus: place(bottom, right),
});

describe("a selection", () => {
  test("is the same rectangle whichever way it was drawn", () => {
    const block = { top: 0, left: 1, bottom: 2, right: 3 };
    expect(blockOf(from(0, 1, 2, 3))).toEqual(block);
    expect(blockOf(from(2, 3, 0, 1))).toEqual(block);
    expect(isInside(from(2, 3, 0, 1), place(1, 2))).toBe(true);
    expect(isInside(from(2, 3, 0, 1), place(1, 4))).toBe(false);
    expect(selected(from(1, 1, 0, 0))).toEqual([place(0, 0), place(0, 1), place(1, 0), place(1, 1)]);
  });
});

describe("keys", () => {
  test.each([
    ["ArrowUp", false, place(0, 5)],
    ["ArrowDown", false, place(2, 5)],
    ["ArrowLeft", false, place(1, 4)],
    ["ArrowRight", true, place(1, 11)],
    ["ArrowUp", true, place(0, 5)],
    ["Home", false, place(1, 0)],
    ["End", true, place(2, 11)],
    ["PageDown", false, place(2, 5)],
  ])("%s (far: %s) leads there", (key, far, there) => {
    expect(moved(place(1, 5), key, SIZE, far)).toEqual(there);
  });

  test("stop at the edges, and letters lead nowhere", () => {
    expect(moved(place(0, 0), "ArrowLeft", SIZE)).toEqual(place(0, 0));
    expect(moved(place(2, 11), "ArrowDown", SIZE)).toEqual(place(2, 11));
    for (const key of ["a", "Enter", "constructor"]) expect(moved(place(0, 0), key, SIZE)).toBeNull();
  });

  test("Tab goes on in reading order and leaves at either end", () => {
    expect(next(place(0, 11), SIZE)).toEqual(place(1, 0));
    expect(next(place(1, 0), SIZE, true)).toEqual(place(0, 11));
    expect(next(place(2, 11), SIZE)).toBeNull();
    expect(next(place(0, 0), SIZE, true)).toBeNull();
  });
});

describe("a pasted block", () => {
  test.each([
    [
      "1\t2\n3\t4\n",
      [
        ["1", "2"],
        ["3", "4"],
      ],
    ],
    ["1\t\t2\r\n", [["1", "", "2"]]],
    ["1\r2", [["1"], ["2"]]],
    ['"1,240.11"\t"a ""b""\n c"\n', [["1,240.11", 'a "b" c']]],
    ["a\t", [["a", ""]]],
    ["\n5", [[""], ["5"]]],
    ["", []],
    ['"never closed\t1', [['"never closed', "1"]]],
  ])("%j is read", (text, block) => {
    expect(pastedBlock(text)).toEqual(block);
  });

  test("goes where the selection begins, and what lies beyond the grid is counted", () => {
    const { cells, outside } = placed(
      [
        ["1", "2"],
        ["3", "4"],
      ],
      at(place(2, 11)),
      SIZE,
    );
    expect(cells).toEqual([{ row: 2, column: 11, text: "1" }]);
    expect(outside).toBe(3);
  });

  test("of one cell fills the selection, and of one row every selected row", () => {
    const one = placed([["7"]], from(0, 0, 1, 1), SIZE).cells;
    expect(one.map(({ row, column, text }) => [row, column, text])).toEqual([
      [0, 0, "7"],
      [0, 1, "7"],
      [1, 0, "7"],
      [1, 1, "7"],
    ]);
    const row = placed([["7", "8"]], from(0, 0, 1, 0), SIZE).cells;
    expect(row.map(({ text }) => text)).toEqual(["7", "8", "7", "8"]);
  });

  test("may have rows of different lengths", () => {
    const { cells } = placed([["1"], ["2", "3"]], at(place(0, 0)), SIZE);
    expect(cells.map(({ row, column, text }) => [row, column, text])).toEqual([
      [0, 0, "1"],
      [1, 0, "2"],
      [1, 1, "3"],
    ]);
  });
});

describe("filling right", () => {
  const amounts = [
    [100, 1, 2, null],
    [null, 3, 4, 5],
  ];

  test("takes the first cell of each row into the others", () => {
    const after = changed(amounts, filledRight(amounts, from(1, 2, 0, 0)));
    expect(after).toEqual([
      [100, 100, 100, null],
      [null, null, null, 5],
    ]);
  });

  test("of one column changes nothing", () => {
    expect(filledRight(amounts, from(0, 1, 1, 1))).toEqual([]);
  });

  test("leaves rows that do not change as they are", () => {
    const after = changed(amounts, [{ row: 0, column: 3, amountMinor: 9 }]);
    expect(after[1]).toBe(amounts[1]);
    expect(amounts[0]).toEqual([100, 1, 2, null]);
  });
});
