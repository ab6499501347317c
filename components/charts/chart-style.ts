import type { ThemeColors } from "@/components/charts/theme-colors";

type Font = { readonly family: string; readonly size: number };

/** How the box beside the pointer looks in every chart. */
export const tooltipStyle = (colors: ThemeColors, font: Font) =>
  ({
    backgroundColor: colors.raised,
    borderColor: colors.line,
    borderWidth: 1,
    titleColor: colors.ink,
    bodyColor: colors.ink,
    footerColor: colors.muted,
    titleFont: { ...font, weight: "bold" },
    bodyFont: font,
    footerFont: { ...font, weight: "normal" },
    padding: 10,
    cornerRadius: 6,
    boxPadding: 4,
  }) as const;
