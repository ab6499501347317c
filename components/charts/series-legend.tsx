/** As many as can be told from each other; what is left goes together into the last one. */
export const SERIES_MAX = 4;

const FILLS = ["fill-series-1", "fill-series-2", "fill-series-3", "fill-series-4"] as const;

type SeriesLegendProps = { readonly series: readonly { readonly name: string; readonly rest?: boolean }[] };

/** What the parts of a stack are, from the bottom up. */
export function SeriesLegend({ series }: SeriesLegendProps) {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-small">
      {series.map(({ name, rest }, index) => (
        <li key={name} className="inline-flex min-w-0 items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 12 9" className="h-2.25 w-3 shrink-0">
            <rect width="12" height="9" className={(rest ? undefined : FILLS[index]) ?? "fill-control"} />
          </svg>
          <bdi className="truncate">{name}</bdi>
        </li>
      ))}
    </ul>
  );
}
