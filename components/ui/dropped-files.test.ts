import { expect, test } from "vitest";

import { type DroppedEntry, FOLDER_FILES_MAX, filesBelow, filesInFolder } from "./dropped-files";

const aFile = (path: string): DroppedEntry => ({
  isFile: true,
  fullPath: path,
  file: (found) => found(new File(["x"], path.split("/").at(-1) ?? "")),
});

/** Gives its entries two at a time, as a browser gives them a hundred at a time. */
const aFolder = (fullPath: string, entries: readonly DroppedEntry[]): DroppedEntry => ({
  isFile: false,
  fullPath,
  createReader: () => {
    const rest = [...entries];
    return { readEntries: (found) => found(rest.splice(0, 2)) };
  },
});

const projects = aFolder("/projects", [
  aFile("/projects/b.jsonl"),
  aFile("/projects/notes.md"),
  aFile("/projects/.DS_Store"),
  aFolder("/projects/a", [
    aFile("/projects/a/2.jsonl"),
    aFile("/projects/a/1.JSONL"),
    aFolder("/projects/a/empty", []),
    aFile("/projects/a/costs.csv"),
  ]),
]);

test("every file of a folder is found, however deep it lies and however many there are", async () => {
  const counts: number[] = [];
  const found = await filesBelow([projects], (count) => counts.push(count));
  expect(found).toHaveLength(6);
  expect(counts).toEqual([1, 2, 3, 4, 5, 6]);
});

test("those that the page can use come in the order of their paths", async () => {
  const found = await filesBelow([projects], () => {});
  expect(filesInFolder(found, [".jsonl", ".csv"]).map(({ name }) => name)).toEqual([
    "1.JSONL",
    "2.jsonl",
    "costs.csv",
    "b.jsonl",
  ]);
});

test("a folder with more files than anybody means is refused", async () => {
  const huge = aFolder(
    "/huge",
    Array.from({ length: FOLDER_FILES_MAX + 1 }, (_, index) => aFile(`/huge/${index}`)),
  );
  await expect(filesBelow([huge], () => {})).rejects.toThrow(RangeError);
});
