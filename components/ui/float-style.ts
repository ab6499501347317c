/** The panel of everything that floats above the page. */
export const FLOAT_STYLE =
  "z-50 rounded-md border border-line bg-raised text-ink shadow-float outline-none animate-appear";

/** One entry of a menu or a list of suggestions. */
export const FLOAT_ITEM_STYLE =
  "flex min-h-7 w-full cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 text-left outline-none " +
  "data-highlighted:bg-subtle aria-disabled:text-muted pointer-coarse:min-h-10 " +
  "[&_svg]:size-4 [&_svg]:shrink-0";
