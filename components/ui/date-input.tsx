"use client";

import { Calendar } from "lucide-react";
import { useRef } from "react";

import { useToday } from "@/components/ui/reader";
import { TypedControl, type TypedControlProps } from "@/components/ui/typed-control";
import { addDays, type CalendarDate, DATE_MAX, DATE_MIN, isCalendarDate } from "@/lib/domain/calendar-date";
import { dateText } from "@/lib/domain/date-text";
import { parseTypedDate } from "@/lib/domain/typed-date";

/**
 * A day as people type it: "15 oct", "15.10.2026", "today". Arrow keys go to the day after or before; the button
 * opens the browser's own calendar.
 */
export function DateInput(props: TypedControlProps<CalendarDate>) {
  const today = useToday();
  const calendar = useRef<HTMLInputElement>(null);

  return (
    <TypedControl
      {...props}
      parse={(text) => parseTypedDate(text, today)}
      show={dateText}
      step={(date, direction) => {
        const next = date === null ? today : addDays(date, direction);
        return date === null || isCalendarDate(next) ? next : date;
      }}
      adornment={
        <>
          {/* Only there to be asked for its calendar; the text field beside it is the control. */}
          <input
            ref={calendar}
            type="date"
            aria-hidden
            tabIndex={-1}
            min={DATE_MIN}
            max={DATE_MAX}
            value={props.value ?? ""}
            disabled={props.disabled || props.readOnly}
            onChange={({ target }) => props.onChange(isCalendarDate(target.value) ? target.value : null)}
            className="pointer-events-none absolute right-0 bottom-0 size-px opacity-0"
          />
          <button
            type="button"
            tabIndex={-1}
            aria-label="Open calendar"
            disabled={props.disabled || props.readOnly}
            onClick={() => calendar.current?.showPicker()}
            className="absolute top-0 right-0 flex size-8 items-center justify-center rounded-md text-muted hover:text-ink disabled:hidden pointer-coarse:size-10"
          >
            <Calendar aria-hidden className="size-4" />
          </button>
        </>
      }
    />
  );
}
