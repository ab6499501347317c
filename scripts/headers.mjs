// What every answer carries, whoever gives it: pages, the interface, files, redirects and refusals.

/** Of whatever is no page: nothing in it may run, load or be framed, even where a browser takes it for a page. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** A page's own policy, with the nonce of the request, comes from proxy.ts and takes the place of this one. */
export const HEADERS = {
  "Content-Security-Policy": NOTHING,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
};

/** Only where the application is reached by https, and then for good. */
export const STRICT_TRANSPORT = { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" };
