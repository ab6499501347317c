"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

import { useKeepMonth } from "@/components/shell/period";
import { classNames } from "@/components/ui/class-names";

export type Place = { readonly href: string; readonly label: string };

type PlaceNavProps = {
  /** Of what these are the parts. */
  readonly label: string;
  readonly places: readonly Place[];
};

/** The parts of a page that is too much for one, each with an address of its own. */
export function PlaceNav({ label, places }: PlaceNavProps) {
  const pathname = usePathname();
  const keepMonth = useKeepMonth();
  const nav = useRef<HTMLElement>(null);
  // On a phone the present one may lie beyond the edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another present one.
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <nav
      ref={nav}
      aria-label={label}
      data-print="hide"
      className="mb-6 flex gap-x-4 border-line border-b max-md:overflow-x-auto md:flex-wrap"
    >
      {places.map(({ href, label: name }) => (
        <Link
          key={href}
          href={keepMonth(href)}
          aria-current={pathname === href ? "page" : undefined}
          className={classNames(
            "-mb-px inline-flex h-9 shrink-0 items-center border-b-2 px-0.5 font-medium focus-visible:-outline-offset-2 pointer-coarse:h-11",
            pathname === href ? "border-ink text-ink" : "border-transparent text-muted hover:text-ink",
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
