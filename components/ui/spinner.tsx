import { LoaderCircle } from "lucide-react";

/** A turning mark beside words that say what is being waited for; alone it says nothing to a screen reader. */
export function Spinner() {
  return <LoaderCircle aria-hidden className="size-4 shrink-0 animate-turn" />;
}
