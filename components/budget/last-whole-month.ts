import { type Month, shiftMonth } from "@/lib/domain/month";

/** The month itself, or the last one that is over: a running month compares with no whole one. */
export const lastWholeMonth = (month: Month, currentMonth: Month): Month =>
  month < currentMonth ? month : shiftMonth(currentMonth, -1);
