/**
 * Goes to a provider's own page; what comes back is checked by the server. Resolves only when that cannot be done.
 *
 * @param back the page of ours to come back to
 */
export async function startSingleSignOn(connectionId: string, back = "/budget"): Promise<void> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const sent = await fetch(`/api/auth/signin/${connectionId}`, {
    method: "POST",
    body: new URLSearchParams({ csrfToken, callbackUrl: `${window.location.origin}${back}`, json: "true" }),
  });
  const { url } = (await sent.json()) as { url: string };
  window.location.assign(url);
  await new Promise(() => {});
}
