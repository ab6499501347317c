import { addDays, type CalendarDate, dayNumber } from "@/lib/domain/calendar-date";
import { firstDayOf, type Month, monthsBetween, periodOfMonth, shiftMonth } from "@/lib/domain/month";

/** What somebody's days with Claude Code are like. */
type StoryUse = {
  readonly name: string;
  readonly model: string;
  /** How much is used on a day, in percent of a full day of agentic coding. */
  readonly percent: number;
  /** On so many of ten working days. */
  readonly daysOfTen: number;
};

/** Heavy use on small plans, light use, and a second plan that the first one would do without. */
const USES: readonly StoryUse[] = [
  { name: "Amara Okafor", model: "claude-sonnet-5-5", percent: 90, daysOfTen: 8 },
  { name: "Jonas Lindqvist", model: "claude-opus-4-5", percent: 56, daysOfTen: 9 },
  { name: "Mei Tanaka", model: "claude-opus-4-5", percent: 45, daysOfTen: 9 },
  { name: "Rafael Duarte", model: "claude-sonnet-5-5", percent: 20, daysOfTen: 6 },
  { name: "Priya Raman", model: "claude-sonnet-5-5", percent: 85, daysOfTen: 7 },
  { name: "Lena Fischer", model: "claude-sonnet-5-5", percent: 40, daysOfTen: 1 },
];

/** A full day: mostly what is read from the cache again and again. */
const FULL_DAY = { input: 40_000, write5m: 400_000, write1h: 50_000, read: 12_000_000, output: 45_000 };

/** Of the months before the running one, so many have use. */
const MONTHS = 8;

export type StoryLogs = { readonly name: string; readonly text: string };

/** Logs of Claude Code, person by person, up to the day before. */
export function claudeLogs(today: CalendarDate, runningMonth: Month): StoryLogs[] {
  const days = workingDays(today, runningMonth);
  return USES.map(({ name, model, percent, daysOfTen }, person) => {
    const lines = days
      .filter((_, index) => (index * 7 + person * 3) % 10 < daysOfTen)
      .map((day, index) =>
        logLine(`${person}-${day}`, day, model, (percent * (80 + ((index * 37) % 41))) / 100),
      );
    return { name, text: `${lines.join("\n")}\n` };
  });
}

function workingDays(today: CalendarDate, runningMonth: Month): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (const month of monthsBetween(shiftMonth(runningMonth, -MONTHS), runningMonth)) {
    const { end } = periodOfMonth(month);
    for (let day = firstDayOf(month); day < end && day < today; day = addDays(day, 1)) {
      // Day 0 was a Thursday.
      if (dayNumber(day) % 7 !== 2 && dayNumber(day) % 7 !== 3) days.push(day);
    }
  }
  return days;
}

function logLine(id: string, day: CalendarDate, model: string, percent: number): string {
  const part = (tokens: number) => Math.round((tokens * percent) / 100);
  const [write5m, write1h] = [part(FULL_DAY.write5m), part(FULL_DAY.write1h)];
  return JSON.stringify({
    timestamp: `${day}T10:00:00.000Z`,
    requestId: `demo-${id}`,
    message: {
      id: `demo-${id}`,
      model,
      usage: {
        input_tokens: part(FULL_DAY.input),
        output_tokens: part(FULL_DAY.output),
        cache_read_input_tokens: part(FULL_DAY.read),
        cache_creation_input_tokens: write5m + write1h,
        cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
      },
    },
  });
}

const CURSOR_HEADER =
  "Date,User,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost";

/** Cursor tells of the whole team: one builds with it every day and pays on top, one now and then, others not at all. */
const CURSOR_USES = [
  { email: "tomasz.zielinski@northwind.example", every: 1, included: "3.10", onTop: "5.40" },
  { email: "priya.raman@northwind.example", every: 2, included: "4.20", onTop: null },
] as const;

/** The usage export of Cursor Teams, of the three whole months before the running one. */
export function cursorExport(today: CalendarDate, runningMonth: Month): string {
  const from = firstDayOf(shiftMonth(runningMonth, -3));
  const days = workingDays(today, runningMonth).filter(
    (day) => day >= from && day < firstDayOf(runningMonth),
  );
  const rows = days.flatMap((day, index) =>
    CURSOR_USES.filter(({ every }) => index % every === 0).flatMap(({ email, included, onTop }) => {
      const row = (kind: string, cost: string, hour: number) =>
        `${day}T${hour}:15:00.000Z,${email},${kind},claude-4.5-sonnet,No,60000,20000,900000,9000,989000,${cost}`;
      return [
        row("Included in Business", included, 10),
        ...(onTop === null ? [] : [row("Usage-based", onTop, 16)]),
      ];
    }),
  );
  return `${[CURSOR_HEADER, ...rows].join("\n")}\n`;
}
