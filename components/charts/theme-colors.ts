/** The design tokens that a canvas draws with. */
const TOKENS = [
  "ink",
  "muted",
  "line",
  "surface",
  "raised",
  "leverage",
  "leverage-soft",
  "product",
  "product-soft",
  "control",
  "series-1",
  "series-2",
  "series-3",
  "series-4",
  "warning-fill",
  "warning-soft",
] as const;

export type ThemeColors = Readonly<Record<(typeof TOKENS)[number], string>>;

/** The tokens as the present theme resolves them: a canvas cannot read CSS variables. */
export function readThemeColors(near: HTMLElement): ThemeColors {
  const probe = document.createElement("span");
  near.append(probe);
  // Where motion is reduced every change takes a moment, in which the colour is still the one before.
  probe.style.transition = "none";
  const read = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colors = Object.fromEntries(TOKENS.map((token) => [token, read(token)]));
  probe.remove();
  return colors as ThemeColors;
}

/** Calls back whenever the theme changes, by choice or with the system. @returns how to stop */
export function watchTheme(changed: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}
