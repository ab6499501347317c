import { IDLE_DAYS } from "@/lib/domain/idle-seats";

/** After how many days without use a seat can be asked to count as idle. */
export const IDLE_DAYS_CHOICES = [14, 30, 60, 90] as const;

/** The days of an address; the usual ones when it names none that can be chosen. */
export const idleDaysOf = (text: string | null): number =>
  IDLE_DAYS_CHOICES.find((days) => String(days) === text) ?? IDLE_DAYS;
