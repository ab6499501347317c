import { infiniteQueryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Message } from "@/lib/messages/schema";

const MESSAGES_PATH = "/api/v1/messages";

/** The outbox, the last written first, page after page. */
export const messagesQuery = () =>
  infiniteQueryOptions({
    queryKey: ["messages"],
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<Message>>(
        `${MESSAGES_PATH}?${new URLSearchParams(pageParam ? { cursor: pageParam } : {})}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
