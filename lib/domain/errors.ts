/** Every way the product says no. A code without a status in lib/http/problem.ts does not compile. */
export type DomainErrorCode =
  | "approval_needed"
  | "assignment_overlap"
  | "both_sign_in"
  | "budget_frozen"
  | "busy"
  | "closing_incomplete"
  | "connection_unproven"
  | "credit_void"
  | "currency_mismatch"
  | "forbidden"
  | "fresh_sign_in_required"
  | "idempotency_conflict"
  | "import_has_errors"
  | "import_state"
  | "invalid_input"
  | "invitation_invalid"
  | "invoice_duplicate"
  | "invoice_unbalanced"
  | "invoice_void"
  | "last_owner"
  | "later_period_closed"
  | "member_erased"
  | "member_merged"
  | "membership_overlap"
  | "name_taken"
  | "not_found"
  | "payload_too_large"
  | "period_closed"
  | "period_not_over"
  | "period_open"
  | "rate_missing"
  | "reset_invalid"
  | "seats_exceeded"
  | "second_factor_exists"
  | "second_factor_missing"
  | "second_factor_required"
  | "setup_done"
  | "single_sign_on_required"
  | "stale_version"
  | "still_in_use"
  | "too_many_attempts"
  | "unauthenticated"
  | "webhook_off"
  | "wrong_media_type";

/** What the caller needs besides the words: fields at fault, the row that stands in the way, another way to ask. */
export type ErrorDetails = {
  /** Path of an input field ("charges.0.billedCost") to what is wrong with it. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The existing thing that the request collides with, for a link. */
  readonly conflictingId?: string;
  /** The closed months that the change is about, and where it would count if it were asked for as a correction. */
  readonly correction?: { readonly of: readonly string[]; readonly countsIn: string };
  /** Whole seconds until trying again makes sense. */
  readonly retryAfterSeconds?: number;
};

/**
 * A refusal that the caller can understand and act on: the message is for the person who reads it, the code for
 * the program that switches on it. Anything else that is thrown is a bug, and its message never leaves the server.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";

  constructor(
    readonly code: DomainErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}

/** States what must be true at this point. A failure is our bug, never the user's. */
export function invariant(condition: boolean, statement: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${statement}`);
}
