/** The locale whose separators amounts are written with when the reader does not say. */
export const LOCALE_DEFAULT = "en-US";

/** The first language of an Accept-Language header that we can format numbers for. */
export function localeOf(acceptLanguage: string | null): string {
  const tags = (acceptLanguage ?? "").slice(0, 200).split(",");
  for (const tag of tags) {
    const name = tag.split(";")[0]?.trim() ?? "";
    if (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/.test(name) && isKnown(name)) return name;
  }
  return LOCALE_DEFAULT;
}

function isKnown(name: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(name).length > 0;
  } catch {
    return false;
  }
}
