/** Goes to a provider's own page; what comes back is checked by the server. Resolves only when that cannot be done. */
export async function startSingleSignOn(connectionId: string): Promise<void> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const sent = await fetch(`/api/auth/signin/${connectionId}`, {
    method: "POST",
    body: new URLSearchParams({ csrfToken, callbackUrl: `${window.location.origin}/budget`, json: "true" }),
  });
  const { url } = (await sent.json()) as { url: string };
  window.location.assign(url);
  await new Promise(() => {});
}
