import { describe, expect, test } from "vitest";

import { FileProblem } from "./connector";
import { readEcbRates } from "./ecb-rates";

// As https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip has it, cut to some columns and days.
const FILE = `Date,USD,JPY,BGN,CYP,GBP,
2026-10-30,1.1593,178.15,1.9558,N/A,0.8789,
2026-10-29,1.1640,177.27,1.9558,N/A,0.8812,
1999-01-04,1.1789,133.73,N/A,0.58231,0.7111,
`;

async function* bytes(text: string) {
  yield new TextEncoder().encode(text);
}
const read = (text: string, ...currencies: string[]) => readEcbRates(bytes(text), new Set(currencies));

describe("the rates of the European Central Bank", () => {
  test("are read for the currencies that are wanted, from 2000 on", async () => {
    const { days, published, errors } = await read(FILE, "USD", "GBP", "KWD");
    expect(days.map(({ date, perEuro }) => [date, ...perEuro])).toEqual([
      ["2026-10-30", ["EUR", "1"], ["USD", "1.1593"], ["GBP", "0.8789"]],
      ["2026-10-29", ["EUR", "1"], ["USD", "1.1640"], ["GBP", "0.8812"]],
    ]);
    expect([...published]).toEqual(["EUR", "USD", "GBP"]);
    expect(errors).toEqual([]);
  });

  test("leave out what there was none of on a day", async () => {
    const { days } = await read(FILE.replace("0.8789", "N/A"), "GBP");
    expect(days.map(({ perEuro }) => perEuro.get("GBP"))).toEqual([undefined, "0.8812"]);
  });

  test("name the line and column that cannot be read", async () => {
    const broken = FILE.replace("1.1593", "1,1593").replace("0.8812", "-1");
    const { errors } = await read(broken, "GBP");
    // The comma makes one cell more.
    expect(errors).toMatchObject([
      { line: 2, column: null },
      { line: 3, column: "GBP" },
    ]);
    expect((await read(FILE.replace("2026-10-29", "29 October 2026"), "GBP")).errors).toMatchObject([
      { line: 3, column: "Date" },
    ]);
  });

  test.each(["Currency,USD\n2026-10-30,1.1", "Date,Amount,\n2026-10-30,1.1,", "Date,\n2026-10-30,", ""])(
    "are not in %j",
    async (text) => {
      await expect(read(text, "USD")).rejects.toThrow(FileProblem);
    },
  );
});
