import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import type { AuditChoices, AuditEvent, HistoryRecord, Verification } from "@/lib/audit/schema";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";

const AUDIT_PATH = "/api/v1/audit";

/** By the interface's own words: actorId, action, targetType, targetId, from, to. */
export type AuditAsked = Readonly<Record<string, string>>;

type Filter = Readonly<Record<"who" | "action" | "kind" | "record" | "from" | "to", string | null>>;

/** What the address of the page says, in the interface's words. */
export function auditAsked({ who, action, kind, record, from, to }: Filter): AuditAsked {
  const asked = { actorId: who, action, targetType: kind, targetId: record, from, to };
  return Object.fromEntries(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** The events of the trail, the last first, page after page. */
export const auditQuery = (filter: AuditAsked) => eventsQuery(AUDIT_PATH, filter);

/** Those of a record and what hangs on it. */
export const historyQuery = (record: { readonly targetType: HistoryRecord; readonly targetId: string }) =>
  eventsQuery(`${AUDIT_PATH}/history`, { ...record, limit: "20" });

const eventsQuery = (path: string, filter: AuditAsked) =>
  infiniteQueryOptions({
    queryKey: ["audit", path, filter],
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<AuditEvent>>(
        `${path}?${new URLSearchParams({ ...filter, ...(pageParam && { cursor: pageParam }) })}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const auditChoicesQuery = () =>
  queryOptions({
    queryKey: ["audit", "choices"],
    queryFn: ({ signal }) => getJson<AuditChoices>(`${AUDIT_PATH}/choices`, signal),
  });

/** Asked for by a button: going through a long trail takes its time. */
export const verificationPath = (head: string) =>
  `${AUDIT_PATH}/verification${head === "" ? "" : `?${new URLSearchParams({ head })}`}`;

export const verify = (head: string) => getJson<Verification>(verificationPath(head));
