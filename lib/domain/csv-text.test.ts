import { expect, test } from "vitest";

import { csvName, csvText } from "./csv-text";

test("cells that hold a separator, a quote or a line break are quoted", () => {
  expect(
    csvText([
      ["a", 'b "c"'],
      ["d;e", "f\ng"],
    ]),
  ).toBe('a,"b ""c"""\r\n"d;e","f\ng"\r\n');
  expect(csvText([["1,50", "x"]], "comma")).toBe('"1,50";x\r\n');
});

test.each(["=1+1", "+49 170", "-2", "@cmd", "\tx", ' "=HYPERLINK(1)', "＝1+1", "'=1"])(
  "a name opens no formula: %j",
  (name) => expect(csvName(name)).toBe(`'${name}`),
);

test("another name stays as it is, on one line", () => {
  expect(csvName("Growth - West")).toBe("Growth - West");
  expect(csvName("two\r\nlines")).toBe("two lines");
});
