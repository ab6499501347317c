import { expect, test } from "vitest";

import { uploadsOf } from "./log-bundle";

const file = (name: string, text: string) => new File([text], name);

test("several logs become one upload, in the place of the first, and other files stay as they are", async () => {
  const before = file("costs.csv", "a");
  const after = file("report.json", "b");
  const uploads = uploadsOf([before, file("1.jsonl", '{"a":1}\n'), file("2.JSONL", '{"b":2}'), after]);
  expect(uploads.map(({ name }) => name)).toEqual(["costs.csv", "2 Claude Code logs.jsonl", "report.json"]);
  expect(uploads[0]).toBe(before);
  expect(uploads[2]).toBe(after);
  const lines = (await uploads[1]!.text()).split("\n").filter((line) => line !== "");
  expect(lines).toEqual(['{"a":1}', '{"b":2}']);
});

test("the same logs are the same bytes, so that the books know them again", async () => {
  const logs = () => [file("1.jsonl", "{}\n"), file("2.jsonl", "{}\n")];
  const [once, again] = [uploadsOf(logs()), uploadsOf(logs())];
  expect(await once[0]!.text()).toBe(await again[0]!.text());
});

test("one log, or none, is sent as it is", () => {
  const one = [file("1.jsonl", "{}"), file("costs.csv", "")];
  expect(uploadsOf(one)).toEqual(one);
  expect(uploadsOf([])).toEqual([]);
});
