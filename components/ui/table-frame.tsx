"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

type TableFrameProps = {
  readonly label: string;
  readonly scroll: "page" | "frame";
  readonly startAtEnd: boolean;
  readonly children: ReactNode;
};

/** What a table scrolls in. It takes a place in the Tab order only while there is something to scroll. */
export function TableFrame({ label, scroll, startAtEnd, children }: TableFrameProps) {
  const frame = useRef<HTMLElement>(null);
  const [scrolls, setScrolls] = useState(false);
  const [wide, setWide] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is wide begins to scroll, which is measured anew.
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      setWide(scrollWidth > clientWidth);
      const visible = getComputedStyle(element).overflowX === "visible";
      setScrolls(!visible && (scrollWidth > clientWidth || scrollHeight > clientHeight));
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [wide]);

  useEffect(() => {
    if (startAtEnd && wide && frame.current) frame.current.scrollLeft = frame.current.scrollWidth;
  }, [startAtEnd, wide]);

  return (
    <section
      ref={frame}
      // A place of its own only while it scrolls, and never by the name of the section around it.
      aria-label={scrolls ? `${label}, table` : undefined}
      tabIndex={scrolls ? 0 : undefined}
      data-scroll={scroll}
      data-wide={wide}
      className="ledger-frame"
    >
      {children}
    </section>
  );
}
