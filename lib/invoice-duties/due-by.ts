import { type CalendarDate, utcDateOf } from "@/lib/domain/calendar-date";
import { dueOn, isOverdue } from "@/lib/domain/invoice-due";
import type { Month } from "@/lib/domain/month";
import type { Duty } from "@/lib/invoice-duties/data";
import type { DueBy } from "@/lib/invoice-duties/schema";

/** Who enters the invoice of a month and until when, if anybody. */
export function dueByOf(duty: Duty | undefined, month: Month, { now }: { readonly now: Date }): DueBy | null {
  if (!duty) return null;
  const day: CalendarDate = dueOn(month, duty);
  return { responsible: duty.responsible, dueOn: day, overdue: isOverdue(day, utcDateOf(now)) };
}
