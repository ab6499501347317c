import { describe, expect, test } from "vitest";

import { inPieces, readCsvText } from "@/lib/testing/csv-text";

import { type CsvRecord, FileProblem } from "./connector";
import { readCsv } from "./csv";

const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd";
const ROW = "2026-11-01,m,w,k,message,output,1";

type Rows = { readonly cells: readonly (string | null)[]; readonly line: number }[];

/** The columns of a file as they stand, and its errors. */
async function readColumns(content: string | Uint8Array, columns: readonly string[], most = 7, seed = 1) {
  const rows: Rows = [];
  const errors: object[] = [];
  let header: readonly string[] = [];
  const open = (names: readonly string[]) => {
    header = names;
    return (record: CsvRecord) => {
      rows.push({ cells: columns.map((column) => record.text(column)), line: record.line });
      return [];
    };
  };
  for await (const batch of readCsv(inPieces(content, most, seed), open)) errors.push(...batch.errors);
  return { rows, errors, header };
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));
const joined = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

describe("a file is refused as a whole", () => {
  test.each([
    { name: "with nothing in it", content: "", line: null, says: "The file is empty" },
    { name: "with empty lines alone", content: "\r\n \r\n\n", line: null, says: "The file is empty" },
    { name: "with a mark alone", content: "\ufeff", line: null, says: "The file is empty" },
    {
      name: "in UTF-16 with a mark",
      content: Buffer.from(`\ufeff${HEADER}\n`, "utf16le"),
      line: 1,
      says: "not UTF-8",
    },
    {
      name: "in UTF-16 without",
      content: Buffer.from(`${HEADER}\n`, "utf16le"),
      line: 1,
      says: "characters that cannot be kept",
    },
    {
      name: "in Latin-1",
      content: latin1(`${HEADER}\n${ROW}\n2026-11-01,m,Zürich,k,,,1\n`),
      line: 3,
      says: "CSV UTF-8",
    },
    {
      name: "with a surrogate in three bytes",
      content: joined("a,b\n", [0xed, 0xa0, 0x80], ",1\n"),
      line: 2,
      says: "not UTF-8",
    },
    { name: "with an overlong NUL", content: joined("a,b\n1,", [0xc0, 0x80]), line: 2, says: "not UTF-8" },
    { name: "cut within a character", content: joined("a,b\n1,", [0xf0, 0x9f]), line: 2, says: "not UTF-8" },
    { name: "with NUL in its header", content: "a,b\u0000\n1,2\n", line: 1, says: "cannot be kept" },
    {
      name: "with a column twice",
      content: "\na,b, a \n1,2,3\n",
      line: 2,
      says: "Two columns have the same name",
    },
    {
      name: "with 100,000 columns",
      content: `${"a,".repeat(100_000)}\n`,
      line: 1,
      says: "at most 300 columns",
    },
    {
      name: "with a quote that is never closed",
      content: `a,b\n1,"2\n3\n\n4,5\n`,
      line: 2,
      says: "never closed",
    },
    { name: "with a quote within a cell", content: 'a,b\n1,2\n3,4"5\n', line: 3, says: "Double it" },
    { name: "with text after a quote", content: 'a,b\n1,"2"3\n', line: 2, says: "Double it" },
  ])("$name", async ({ content, line, says }) => {
    for (const most of [1, 5, 100_000]) {
      const problem: unknown = await readColumns(content, [], most).catch((error: unknown) => error);
      expect(problem).toBeInstanceOf(FileProblem);
      expect(problem).toMatchObject({ line, message: expect.stringContaining(says) });
    }
  });

  const MEGABYTES_5 = 5_000_000;
  test.each([
    { name: "letters without end", content: "x".repeat(MEGABYTES_5), line: 1 },
    { name: "commas without end", content: `a,b\n${",".repeat(MEGABYTES_5)}`, line: 2 },
    {
      name: "an open quote before many lines",
      content: `a,b\n1,"${"2,3\n".repeat(MEGABYTES_5 / 4)}`,
      line: 2,
    },
    { name: "a quoted cell without end", content: `a,b\n1,2\n"${"x".repeat(MEGABYTES_5)}"\n`, line: 3 },
    { name: "a header without end", content: `"${"x".repeat(MEGABYTES_5)}`, line: 1 },
  ])("with $name, early", async ({ content, line }) => {
    let bytes = 0;
    async function* counted() {
      for await (const piece of inPieces(content, 100_000)) {
        bytes += piece.length;
        yield piece;
      }
    }
    const read = async () => {
      for await (const _ of readCsv(counted(), () => () => []));
    };
    await expect(read()).rejects.toMatchObject({
      line,
      message: expect.stringContaining("longer than 256 kB"),
    });
    expect(bytes).toBeLessThan(2_000_000);
  });

  test("without reading on, when its header is not wanted", async () => {
    let ended = false;
    async function* endless() {
      try {
        for (;;) yield new TextEncoder().encode("a,b\n".repeat(10_000));
      } finally {
        ended = true;
      }
    }
    const read = async () => {
      for await (const _ of readCsv(endless(), () => expect.fail("not this one")));
    };
    await expect(read()).rejects.toThrow("not this one");
    await expect.poll(() => ended).toBe(true);
  });

  test("when its bytes cannot be fetched", async () => {
    async function* broken() {
      yield new TextEncoder().encode("a,b\n1,2\n");
      throw new Error("gone");
    }
    const read = async () => {
      for await (const _ of readCsv(broken(), () => () => []));
    };
    await expect(read()).rejects.toThrow("gone");
  });
});

describe("a file is read", () => {
  test.each([
    { name: "with line feeds", text: "a,b\n1,2\n3,4\n" },
    { name: "with carriage returns alone", text: "a,b\r1,2\r3,4\r" },
    { name: "with both", text: "a,b\r\n1,2\r\n3,4\r\n" },
    { name: "with a mixture", text: "a,b\n1,2\r\n3,4\r" },
    { name: "without an end of the last line", text: "a,b\n1,2\n3,4" },
    { name: "with a mark", text: "\ufeffa,b\r\n1,2\r\n3,4" },
    { name: "with semicolons", text: "a;b\n1;2\n3;4" },
    { name: "with tabs", text: "a\tb\n1\t2\n3\t4" },
    { name: "with other signs in quotes", text: '"a","b","x;y;z;;;"\n1,2,\n3,4,\n' },
    { name: "with blanks around its cells", text: " a , b \n 1 , 2 \n3\u00a0, 4" },
  ])("$name", async ({ text }) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { rows, errors } = await readColumns(text, ["a", "b"], 4, seed);
      expect(errors).toEqual([]);
      expect(rows).toEqual([
        { cells: ["1", "2"], line: 2 },
        { cells: ["3", "4"], line: 3 },
      ]);
    }
  });

  test("with its header alone", async () => {
    expect(await readColumns(`${HEADER}\n`, [])).toEqual({ rows: [], errors: [], header: HEADER.split(",") });
  });

  test("with lines counted as an editor counts them", async () => {
    const text = 'a,b\r\n\r\n1,"x\r\ny\r\n\r\nz"\r\n \r\n\r\n2,"p\nq"\r\n"\r",3\r\n4,5\r\n';
    for (const most of [1, 3, 1000]) {
      const { rows } = await readColumns(text, ["a"], most);
      expect(rows.map(({ cells, line }) => [cells[0], line])).toEqual([
        ["1", 3],
        ["2", 9],
        [null, 11],
        ["4", 13],
      ]);
    }
  });

  test("alike whether its first quote stands at its start or far into it, with any ends of lines", async () => {
    const ends = ["\n", "\r\n", "\r", "\n\r\n", "\r\r"];
    const lineOf = (row: number) => `${row}; x , ${row % 3}${ends[row % ends.length]}`;
    const plain = Array.from({ length: 60 }, (_, row) => lineOf(row)).join("");
    const quoted = '7,"a\r\nb, ""c"""\n8,"d"\r9,e';
    for (const most of [1, 2, 5, 40, 100_000]) {
      const late = await readColumns(`a,b\n${plain}${quoted}`, ["a", "b"], most, most);
      const early = await readColumns(`"a",b\n${plain}${quoted}`, ["a", "b"], most, most);
      expect(late).toEqual(early);
      expect(late.errors).toEqual([]);
      expect(late.rows.slice(-4).map(({ cells }) => cells)).toEqual([
        ["59; x", "2"],
        ["7", 'a\r\nb, "c"'],
        ["8", "d"],
        ["9", "e"],
      ]);
    }
    expect((await readColumns(`a,b\n${plain}`, ["a", "b"])).rows).toHaveLength(60);
  });

  test("with empty cells, NULL and missing columns as nothing, and names such as __proto__ as any other", async () => {
    const { rows } = await readColumns("__proto__,a,b,c,\n1, ,NULL,null,x\n", [
      "__proto__",
      "a",
      "b",
      "c",
      "toString",
    ]);
    expect(rows).toEqual([{ cells: ["1", null, null, null, null], line: 2 }]);
  });

  test("byte for byte, however it is cut: emoji, marks of direction, combining and double quotes", async () => {
    const family = "👩‍👩‍👧‍👦 \u202eabc\u202c e\u0301 ≤ 200k";
    const text = `a,b\n${family},"say ""hi"", ${family}"\n`;
    for (let most = 1; most <= 9; most++) {
      const { rows, errors } = await readColumns(text, ["a", "b"], most, most);
      expect(errors).toEqual([]);
      expect(rows).toEqual([{ cells: [family, `say "hi", ${family}`], line: 2 }]);
    }
  });

  test("in batches that add up", async () => {
    const text = `${HEADER}\n${`${ROW}\n`.repeat(4_500)}`;
    const { facts, records } = await readCsvText(text, {}, 50_000);
    expect([facts.length, records, facts[4_499]?.line]).toEqual([4_500, 4_500, 4_501]);
  });
});

describe("a row is refused with its line and column", () => {
  test.each([
    {
      name: "one cell short",
      row: "2026-11-01,m,w,k,message,output",
      column: null,
      says: "6 cells, the header 7",
    },
    { name: "one cell long", row: `${ROW},2`, column: null, says: "8 cells, the header 7" },
    {
      name: "with NUL",
      row: "2026-11-01,m,w\u0000,k,message,output,1",
      column: "workspace",
      says: "cannot be kept",
    },
    {
      name: "with an escape",
      row: "2026-11-01,m,w,k,\u001b[31m,output,1",
      column: "usage_type",
      says: "cannot be kept",
    },
    {
      name: "with a next-line sign",
      row: "2026-11-01,m,w,\u0085,message,output,1",
      column: "api_key",
      says: "cannot be kept",
    },
    {
      name: "with a wrong day",
      row: "2026-13-01,m,w,k,message,output,1",
      column: "usage_date_utc",
      says: "not a day",
    },
    {
      name: "with an hour 25",
      row: "2026-11-01T25:00:00Z,m,w,k,,,1",
      column: "usage_date_utc",
      says: "not a day",
    },
    {
      name: "in the year 275760",
      row: "+275760-09-13,m,w,k,,,1",
      column: "usage_date_utc",
      says: "not a day",
    },
    {
      name: "beyond any amount",
      row: "2026-11-01,m,w,k,message,output,1e30",
      column: "cost_usd",
      says: "not an amount",
    },
  ])("$name", async ({ row, column, says }) => {
    const text = `${HEADER}\n2026-11-01,m,"two\nlines",k,message,output,1\n${row}\n${ROW}\n`;
    for (const most of [1, 1_000]) {
      const { facts, errors } = await readCsvText(text, {}, most);
      expect(facts.map(({ line }) => line)).toEqual([2, 5]);
      expect(errors).toEqual([{ line: 4, column, message: expect.stringContaining(says) }]);
    }
  });

  test("and each of them, in their order", async () => {
    const { errors } = await readCsvText(`${HEADER}\n${"x\n".repeat(3)}`);
    expect(errors.map(({ line }) => line)).toEqual([2, 3, 4]);
  });
});
