/**
 * The content security policy of a page. `strict-dynamic` lets our scripts, which carry the nonce, load the others of
 * ours; whatever else stands in the page does not run, and no style is taken from an attribute.
 *
 * @param development the development server evaluates code, and its overlay brings styles of its own
 */
export function pagePolicy(nonce: string, { development = false } = {}): string {
  const styles = development ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "report-uri /api/csp-reports",
    "report-to csp",
  ];
  return directives.join("; ");
}
