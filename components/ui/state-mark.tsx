/** A small hatched square: the amount before or after it is estimated. Say so in words beside it. */
export function EstimatedMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" className="inline-block size-2.5 shrink-0 text-muted">
      <path d="M0 4 4 0M0 8 8 0M1 10 10 1M5 10l5-5M9 10l1-1" stroke="currentColor" strokeWidth="1.25" />
    </svg>
  );
}

/** A small dashed square: a figure belongs here and is not there yet. Say so in words beside it. */
export function MissingMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" className="inline-block size-2.5 shrink-0 text-warning">
      <rect
        x="0.75"
        y="0.75"
        width="8.5"
        height="8.5"
        rx="1.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray="2 1.4"
      />
    </svg>
  );
}

/** A small outlined square: the amount before or after it is expected, not spent. Say so in words beside it. */
export function ForecastMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 10 10" className="inline-block size-2.5 shrink-0 text-muted">
      <rect x="1" y="1" width="8" height="8" fill="none" stroke="currentColor" strokeDasharray="2 1.5" />
    </svg>
  );
}
