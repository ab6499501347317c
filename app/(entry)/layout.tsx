import type { ReactNode } from "react";

/** One calm column for whoever is not in the books yet. */
export default function EntryLayout({ children }: { readonly children: ReactNode }) {
  return (
    <main id="content" className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center px-4 py-10">
      <p className="mb-8 flex items-center gap-2 font-semibold text-ink">
        <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4">
          <rect x="1" y="3" width="14" height="4" rx="1" className="fill-leverage" />
          <rect x="1" y="9" width="10" height="4" rx="1" className="fill-product" />
        </svg>
        Twoline
      </p>
      {children}
    </main>
  );
}
