import "server-only";

import { fetchOutside, type OutsideRequest } from "@/lib/net/fetch";

/**
 * Asks an address that somebody set, and tells how it answered and nothing of what: that could be a page of a network
 * that the asker cannot see into.
 *
 * @throws DomainError when the address is no outside one; Error whose words are ours when it gives no proper answer
 */
export async function askOutside(
  request: OutsideRequest,
  answerMsMax?: number,
): Promise<{ readonly status: number }> {
  const { status } = await fetchOutside(request, answerMsMax);
  return { status };
}
