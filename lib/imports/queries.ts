import { infiniteQueryOptions } from "@tanstack/react-query";

import type { Page } from "@/lib/fields/schema";
import { getJson, sendFile, sendJson } from "@/lib/http/fetch";
import type { Import, ImportOptions, TemplateName } from "@/lib/imports/schema";

export const IMPORTS_PATH = "/api/v1/imports";
export const templatePath = (name: TemplateName) => `${IMPORTS_PATH}/templates/${name}`;
const importPath = (id: string) => `${IMPORTS_PATH}/${id}`;

/** States in which a worker is at it, so that the list changes by itself. */
const MOVING = ["receiving", "reading", "committing", "undoing"];
const LOOK_AGAIN_MS = 700;

/** The files that were sent in, the newest first; read again while something moves. */
export const importsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["imports"],
    queryFn: ({ signal, pageParam }) =>
      getJson<Page<Import>>(`${IMPORTS_PATH}?limit=50${pageParam && `&cursor=${pageParam}`}`, signal),
    initialPageParam: "",
    getNextPageParam: (last: Page<Import>) => last.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some((each) => MOVING.includes(each.state)))
        ? LOOK_AGAIN_MS
        : false,
  });

/** Sends a file in. @throws ApiError */
export function uploadImport(file: File, options: ImportOptions): Promise<Import> {
  const query = new URLSearchParams({ ...options, fileName: file.name });
  return sendFile(`${IMPORTS_PATH}?${query}`, file);
}

export function answerImport({ id, version, options }: Import, answer: ImportOptions): Promise<Import> {
  const { closedMonths: _, ...given } = options;
  return sendJson(importPath(id), { method: "PATCH", version, body: { ...given, ...answer } });
}

export const commitImport = (id: string, skipBadRows: boolean): Promise<Import> =>
  sendJson(`${importPath(id)}/commit`, { method: "PUT", body: { skipBadRows } });

export const undoImport = (id: string): Promise<Import> =>
  sendJson(`${importPath(id)}/commit`, { method: "DELETE" });

export const discardImport = (id: string): Promise<void> => sendJson(importPath(id), { method: "DELETE" });
