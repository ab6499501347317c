import { describe, expect, test } from "vitest";

import { readCondensed, takeIn } from "./log-intake";

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function kept(text: string, size = 7) {
  const { logs, content } = await takeIn(pieces(text, size));
  const stretches: Uint8Array[] = [];
  for await (const stretch of content) stretches.push(stretch);
  return { logs, bytes: Buffer.concat(stretches) };
}

const line = (id: string, output: number) =>
  JSON.stringify({
    type: "assistant",
    timestamp: "2026-10-03T10:00:00.000Z",
    requestId: "r",
    message: {
      id,
      model: "claude-opus-4-5-20251101",
      content: [{ type: "text", text: 'Geheimnis “π”, \\ and "usage":{ 機密' }],
      usage: { input_tokens: 1, output_tokens: output },
    },
  });

describe("logs that arrive", () => {
  test.each([1, 7, 64, 100_000])("are condensed whatever the pieces are, here of %i bytes", async (size) => {
    const text = `\r\n${line("a", 2)}\r\n{"type":"user","message":{"content":"Geheimnis"}}\n${line("b", 3)}`;
    const { logs, bytes } = await kept(text, size);
    expect(logs).toBe(true);
    expect(readCondensed(bytes)).toMatchObject({
      replies: [{ tokens: { output: 2 } }, { tokens: { output: 3 } }],
      errorCount: 0,
    });
  });

  test("are told by several threads, and lines keep their numbers", async () => {
    const broken = '{"message":{"usage":{"input_tokens":1';
    const filler = `{"type":"user","x":"${"x".repeat(300_000)}"}`;
    // Some six stretches, with a line that is longer than one.
    const lines = Array.from({ length: 40 }, (_, index) => [
      line(`m${index}`, index + 1),
      index === 20 ? `{"type":"user","x":"${"x".repeat(2_000_000)}"}` : filler,
      ...(index % 10 === 9 ? [broken] : []),
    ]).flat();
    const { errors, replies } = readCondensed((await kept(lines.join("\n"), 65_536)).bytes);
    expect(errors.map((error) => error.line)).toEqual(
      lines.flatMap((text, index) => (text === broken ? [index + 1] : [])),
    );
    const outputs = replies.map(({ tokens }) => tokens.output).sort((a, b) => a - b);
    expect(outputs).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  test("that break off leave nothing waiting", async () => {
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${line("a", 2)}\n`);
      yield Buffer.alloc(3_000_000, "\n");
      throw new Error("broken off");
    }
    const { content } = await takeIn(breaking());
    await expect(content[Symbol.asyncIterator]().next()).rejects.toThrow("broken off");
    expect(readCondensed((await kept(line("b", 3))).bytes).replies).toHaveLength(1);
  });

  test("leave nothing of what was said", async () => {
    const { bytes } = await kept(`${line("a", 2)}\n{"type":"user","message":{"content":"Geheimnis"}}\n`);
    expect(bytes.includes("Geheimnis")).toBe(false);
    expect(bytes.includes("text")).toBe(false);
  });

  test("name the lines that tell of use and are broken, the first hundred", async () => {
    const broken = '{"message":{"usage":{"input_tokens":1\n'.repeat(150);
    const { errors, errorCount } = readCondensed((await kept(`${line("a", 2)}\n${broken}`)).bytes);
    expect([errors.length, errorCount, errors[0]?.line]).toEqual([100, 150, 2]);
  });

  test("are refused at a line that is too long", async () => {
    const long = `${line("a", 2)}\n{"type":"user","x":"${"x".repeat(65 * 1024 * 1024)}"}\n`;
    const { bytes } = await kept(long, 1024 * 1024);
    expect(() => readCondensed(bytes)).toThrow(expect.objectContaining({ line: 2 }));
  });
});

test.each([
  ["a table", "date,model\n2026-10-03,x\n"],
  ["a report of ccusage on one line", `${JSON.stringify({ daily: [], totals: {} })}\n`],
  ["a report of ccusage on many", JSON.stringify({ daily: [], totals: {} }, null, 2)],
  ["JSON that is broken from the start", '{"a":\n'],
  ["nothing", ""],
])("%s is kept as it is", async (_, text) => {
  expect(await kept(text)).toEqual({ logs: false, bytes: Buffer.from(text) });
});
