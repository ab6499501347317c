import { classNames } from "@/components/ui/class-names";

/** The place of something slow. Give it the size of what comes; say elsewhere, in a live region, what is loading. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <div
      aria-hidden
      className={classNames("animate-pulse-soft rounded-md bg-sunken", className ?? "h-5 w-full")}
    />
  );
}
