import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { beforeAll, describe, expect, test } from "vitest";

import rules from "../.dependency-cruiser.mjs";

const FOLDERS = ["app", "components", "lib"];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => /\.tsx?$/.test(name)),
);
const sources = files.filter((name) => !/\.test\.tsx?$|^lib\/testing\//.test(name));
const textOf = (name: string): string => readFileSync(name, "utf8");
const linesOf = (name: string): number => textOf(name).split("\n").length - 1;

describe("imports", () => {
  let result: ICruiseResult;

  beforeAll(async () => {
    const { options, ...ruleSet } = rules;
    const found = await cruise(
      FOLDERS,
      { ...options, ruleSet, validate: true } as Parameters<typeof cruise>[1],
      {},
      { tsConfig: extractTSConfig("tsconfig.json") },
    );
    result = found.output as ICruiseResult;
  });

  test("are seen by the tool in every file", () => {
    const seen = new Set(result.modules.map(({ source }) => source));
    expect(files.filter((name) => !seen.has(name))).toEqual([]);
    const posting = result.modules.find(({ source }) => source === "lib/domain/posting.ts");
    expect(posting?.dependencies.map(({ resolved }) => resolved)).toContain("lib/domain/allocate.ts");
    const page = result.modules.find(({ source }) => source === "app/(books)/budget/page.tsx");
    expect(page?.dependencies.map(({ resolved }) => resolved)).toContain("lib/budget/service.ts");
  });

  test("are those that the allow-list names, and go round in no circle", () => {
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual(
      [],
    );
  });
});

describe("the domain", () => {
  const IMPURE =
    /\bawait\b|\basync\b|Date\.now|new Date\(\)|Math\.random|process\.|crypto\.|\bfetch\(|localStorage/;

  test.each(sources.filter((name) => name.startsWith("lib/domain/")))("is pure in %s", (name) => {
    const code = textOf(name).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    expect(IMPURE.exec(code)?.[0]).toBeUndefined();
  });
});

describe("rooms", () => {
  /** The largest of each kind; a file that outgrows it has a concept in it that wants a name of its own. */
  const LINES_MAX: readonly (readonly [pattern: RegExp, lines: number])[] = [
    [/^app\/api\/.*route\.ts$/, 60],
    // A table with a line for every method of the interface.
    [/^app\/api\/.*routes\.ts$/, 600],
    [/^app\/.*page\.tsx$/, 100],
    [/^components\//, 200],
    [/^lib\//, 330],
  ];

  test("are not outgrown", () => {
    const tooLong = sources.flatMap((name) => {
      const max = LINES_MAX.find(([pattern]) => pattern.test(name))?.[1] ?? 200;
      return linesOf(name) > max ? [`${name}: ${linesOf(name)} lines, at most ${max}`] : [];
    });
    expect(tooLong).toEqual([]);
  });

  test("have names that say what is in them", () => {
    expect(
      files.filter((name) => /(^|[/-])(utils?|helpers?|manager|misc|common|data2)[./-]/.test(name)),
    ).toEqual([]);
  });

  test("hold no raw colour and no inline style", () => {
    const views = sources.filter((name) => name.endsWith(".tsx"));
    expect(views.filter((name) => /\bstyle=\{/.test(textOf(name)))).toEqual([]);
    expect(
      views.filter((name) =>
        /(#[0-9a-f]{3,8}\b(?!;)|rgba?\()/i.test(textOf(name).replace(/href="#.*?"/g, "")),
      ),
    ).toEqual([]);
  });
});
