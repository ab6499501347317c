import "server-only";

import { z } from "zod";

import { DomainError, type DomainErrorCode, type ErrorDetails } from "@/lib/domain/errors";
import { log } from "@/lib/http/log";

const STATUS: Record<DomainErrorCode, number> = {
  approval_needed: 409,
  assignment_overlap: 409,
  both_sign_in: 409,
  budget_frozen: 409,
  busy: 503,
  closing_incomplete: 409,
  connection_unproven: 409,
  credit_void: 409,
  currency_mismatch: 422,
  forbidden: 403,
  fresh_sign_in_required: 403,
  idempotency_conflict: 422,
  import_has_errors: 422,
  import_state: 409,
  invalid_input: 400,
  invitation_invalid: 404,
  invoice_duplicate: 409,
  invoice_unbalanced: 422,
  invoice_void: 409,
  last_owner: 409,
  later_period_closed: 409,
  member_erased: 409,
  member_merged: 409,
  membership_overlap: 409,
  name_taken: 409,
  not_found: 404,
  payload_too_large: 413,
  period_closed: 409,
  period_not_over: 409,
  period_open: 409,
  rate_missing: 422,
  reset_invalid: 404,
  seats_exceeded: 409,
  second_factor_exists: 409,
  second_factor_missing: 403,
  second_factor_required: 401,
  setup_done: 409,
  single_sign_on_required: 403,
  stale_version: 412,
  still_in_use: 409,
  too_many_attempts: 429,
  unauthenticated: 401,
  webhook_off: 409,
  wrong_media_type: 415,
};

/** Every refusal with its status, for the interface's description. */
export const REFUSALS = Object.entries(STATUS).map(([code, status]) => ({ code, status }));

/** The one shape of every refusal (RFC 9457). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: DomainErrorCode | "internal";
  readonly fields?: Readonly<Record<string, string>>;
  readonly conflictingId?: string;
  readonly correction?: ErrorDetails["correction"];
  readonly requestId?: string;
};

/** Turns whatever was thrown into an answer. A stranger's error is logged whole and told as nothing. */
export function problem(thrown: unknown, requestId: string): Response {
  const error = thrown instanceof z.ZodError ? invalidInput(thrown) : thrown;
  if (error instanceof DomainError) return refusal(error);

  log.error({ err: thrown, requestId }, "request failed");
  return answer({
    type: "about:blank",
    title: "Internal error",
    status: 500,
    detail: "Something went wrong on our side. Nothing was changed.",
    code: "internal",
    requestId,
  });
}

function refusal({ code, message, details }: DomainError): Response {
  const { fields, conflictingId, correction, retryAfterSeconds } = details;
  const body: Problem = {
    type: `/api/docs#${code}`,
    title: titleOf(code),
    status: STATUS[code],
    detail: message,
    code,
    ...(fields && { fields }),
    ...(conflictingId && { conflictingId }),
    ...(correction && { correction }),
  };
  return answer(body, retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) });
}

function titleOf(code: DomainErrorCode): string {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function invalidInput(error: z.ZodError): DomainError {
  // A map, because a field that somebody sends may be called "__proto__".
  const fields = new Map<string, string>();
  for (const issue of error.issues) {
    const paths =
      issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) {
      const name = path.join(".");
      const message = issue.code === "unrecognized_keys" ? "There is no such field." : issue.message;
      if (!fields.has(name)) fields.set(name, message);
    }
  }
  return new DomainError("invalid_input", "Some fields are not valid.", {
    fields: Object.fromEntries(fields),
  });
}

function answer(body: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "private, no-store", ...headers },
  });
}
