/** A browser's cookies, kept per site, and nothing else of it: enough to be sent from page to page. */
export function aCookieJar() {
  const kept = new Map<string, Map<string, string>>();
  const of = (url: string) => {
    const { host } = new URL(url);
    if (!kept.has(host)) kept.set(host, new Map());
    return kept.get(host) as Map<string, string>;
  };
  return {
    header: (url: string): string => [...of(url)].map(([name, value]) => `${name}=${value}`).join("; "),
    get: (url: string, name: string): string | undefined => of(url).get(name),
    set: (url: string, name: string, value: string): void => void of(url).set(name, value),
    /** Takes what an answer sets, and forgets what it ends. */
    take: (url: string, response: Response): Response => {
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = "", ...attributes] = cookie.split(/;\s*/);
        const at = pair.indexOf("=");
        const ended = attributes.some((attribute) =>
          /^max-age=0$|^expires=thu, 01 jan 1970/i.test(attribute),
        );
        if (ended) of(url).delete(pair.slice(0, at));
        else of(url).set(pair.slice(0, at), pair.slice(at + 1));
      }
      return response;
    },
  };
}
