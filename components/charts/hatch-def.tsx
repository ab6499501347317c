export type ChartTone = "leverage" | "product" | "warning" | "neutral";

const STROKES: Readonly<Record<ChartTone, string>> = {
  leverage: "stroke-leverage",
  product: "stroke-product",
  warning: "stroke-warning-fill",
  neutral: "stroke-control",
};
const GROUNDS: Readonly<Record<ChartTone, string>> = {
  leverage: "fill-leverage-soft",
  product: "fill-product-soft",
  warning: "fill-warning-soft",
  neutral: "fill-sunken",
};

export const SOLID_FILLS: Readonly<Record<ChartTone, string>> = {
  leverage: "fill-leverage",
  product: "fill-product",
  warning: "fill-warning-fill",
  neutral: "fill-control",
};

/** The hatching of estimated amounts for an SVG: refer to it with `fill="url(#id)"`. */
export function HatchDef({ id, tone }: { readonly id: string; readonly tone: ChartTone }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" className={GROUNDS[tone]} />
        <path d="M1 0V5" strokeWidth="2" className={STROKES[tone]} />
      </pattern>
    </defs>
  );
}
