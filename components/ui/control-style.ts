/** The frame of everything that is typed into or chosen from. */
export const CONTROL_STYLE =
  "w-full min-w-0 rounded-md border border-control bg-surface px-2.5 text-body text-ink " +
  "hover:border-ink focus-visible:outline-offset-0 aria-invalid:border-danger " +
  "disabled:cursor-not-allowed disabled:border-line disabled:bg-subtle disabled:text-muted read-only:not-[select]:bg-subtle";

/** The height that inputs share with buttons; larger under a finger. */
export const CONTROL_HEIGHT = "h-8 pointer-coarse:h-10";
