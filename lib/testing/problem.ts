import { expect } from "vitest";

import type { DomainErrorCode } from "@/lib/domain/errors";
import type { Answer } from "@/lib/testing/ask";

/** Expects a refusal in the one shape that refusals have, at these fields if any are named. */
export function expectProblem(
  { status, headers, body }: Answer,
  expected: { readonly status: number; readonly code: DomainErrorCode; readonly fields?: readonly string[] },
  tried = "",
): void {
  const { fields, ...rest } = expected;
  expect({ tried, status, code: body.code, detail: body.detail }).toEqual({
    tried,
    ...rest,
    detail: expect.any(String),
  });
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("cache-control")).toBe("private, no-store");
  expect(body).toMatchObject({
    type: `/api/docs#${rest.code}`,
    title: expect.stringMatching(/^[A-Z]/),
    status: rest.status,
  });
  for (const field of fields ?? []) {
    const named = Object.keys(body.fields ?? {});
    expect([tried, field, named.includes(field) ? field : named]).toEqual([tried, field, field]);
    expect(body.fields[field].length).toBeGreaterThan(5);
  }
}
