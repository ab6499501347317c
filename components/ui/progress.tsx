type ProgressProps = {
  readonly label: string;
  readonly done: number;
  /** Null while the amount of work is not known. */
  readonly total: number | null;
  /** What is counted, in the plural: "rows". */
  readonly noun: string;
};

/** Long work, in counts. */
export function Progress({ label, done, total, noun }: ProgressProps) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex justify-between gap-4">
        <span className="font-medium">{label}</span>
        <span className="text-muted tabular-nums">
          {total === null ? `${done} ${noun}` : `${done} of ${total} ${noun}`}
        </span>
      </div>
      <progress
        aria-label={label}
        className="progress-control"
        {...(total !== null && { value: done, max: total })}
      />
    </div>
  );
}
