import { DomainError, type DomainErrorCode } from "@/lib/domain/errors";

type Cause = {
  readonly kind?: string;
  readonly originalCode?: string;
  readonly code?: string;
  readonly constraint?: { readonly index?: string; readonly fields?: readonly string[] };
  readonly originalMessage?: string;
  readonly message?: string;
};

type PrismaError = {
  readonly code?: string;
  readonly cause?: Cause;
  readonly meta?: { readonly driverAdapterError?: { readonly cause?: Cause } };
  readonly message?: string;
};

/** Prisma tells one failure in several shapes: of a model call, of raw SQL, and of COMMIT. */
function causeOf(error: PrismaError): Cause {
  return error.meta?.driverAdapterError?.cause ?? error.cause ?? {};
}

/** Whether another transaction was in the way, so that the same work may succeed a moment later. */
export function isTransientConflict(error: unknown): boolean {
  const prismaError = error as PrismaError;
  const cause = causeOf(prismaError);
  return (
    prismaError.code === "P2034" ||
    cause.kind === "TransactionWriteConflict" ||
    cause.originalCode === "40001" ||
    cause.originalCode === "40P01"
  );
}

type Meaning = {
  readonly constraint: RegExp;
  readonly code: DomainErrorCode;
  readonly message: string;
  /** The input field at fault, where it is always the same one. */
  readonly field?: string;
};

const NAME_TAKEN = "There is already one with this name.";

/** What a broken constraint means to the person; the rest of the name is the table's business. */
const MEANINGS: readonly Meaning[] = [
  {
    constraint: /assignment_one_seat_of_a_plan/,
    code: "assignment_overlap",
    message: "This member already holds a seat of this plan on some of those days.",
  },
  {
    constraint: /team_membership_one_team_at_a_time/,
    code: "membership_overlap",
    message: "This member is already in a team on some of those days.",
  },
  {
    constraint: /team_lead_once/,
    code: "membership_overlap",
    message: "This member already leads the team on some of those days.",
  },
  {
    constraint: /invoice_number_once/,
    code: "invoice_duplicate",
    message: "This invoice number is already entered for this provider.",
  },
  {
    constraint: /credit_grant_bought_once/,
    code: "name_taken",
    message: "This line bought another credit.",
    field: "chargeId",
  },
  {
    constraint: /member_organization_id_email_key/,
    code: "name_taken",
    message: "Another member has this address.",
    field: "email",
  },
  {
    constraint: /team_organization_id_code_key/,
    code: "name_taken",
    message: "Another team has this code.",
    field: "code",
  },
  {
    constraint: /exchange_rate_organization_id/,
    code: "name_taken",
    message: "There is already a rate of this pair and day.",
    field: "date",
  },
  {
    constraint: /(plan_price|subscription_term|classification)_organization_id/,
    code: "name_taken",
    message: "There is already one from this day on.",
    field: "startsOn",
  },
  {
    constraint: /budget_owner_once/,
    code: "name_taken",
    message: "There is already one from this day on.",
    field: "startsOn",
  },
  {
    constraint: /threshold_once/,
    code: "name_taken",
    message: "This share of this budget is watched already.",
    field: "percent",
  },
  {
    constraint: /api_account_organization_id_service_provider_id_external/,
    code: "name_taken",
    message: "Another account has this id at the provider.",
    field: "externalId",
  },
  { constraint: /_name_key/, code: "name_taken", message: NAME_TAKEN, field: "name" },
];

const BUSY =
  /timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable|ECONNREFUSED|ECONNRESET|server closed/i;

/** Values that no column can hold: a broken check, a number or a text out of range. */
const IMPOSSIBLE = new Set(["23514", "22003", "22021"]);

/** The server has no time, or is stopping, starting or gone. */
const AWAY = new Set(["55P03", "57P01", "57P02", "57P03", "P1001", "P2024"]);

/**
 * What the database refused, in words of the domain. A reference that does not exist (or belongs to somebody else)
 * is "not found", whoever forgot to check it.
 *
 * @returns the error itself when it means nothing to the caller
 */
export function toDomainError(error: unknown): unknown {
  const prismaError = error as PrismaError;
  const cause = causeOf(prismaError);
  const code = cause.originalCode ?? cause.code;
  const text = `${cause.constraint?.index ?? ""} ${cause.originalMessage ?? cause.message ?? ""} ${prismaError.message ?? ""}`;

  const meaning = MEANINGS.find(({ constraint }) => constraint.test(text));
  if (meaning) {
    const { field, message } = meaning;
    return new DomainError(
      meaning.code,
      message,
      field === undefined ? {} : { fields: { [field]: message } },
    );
  }
  if (prismaError.code === "P2003" || code === "23503") {
    return new DomainError("not_found", "Something that this refers to does not exist.");
  }
  if (prismaError.code === "P2002" || code === "23505") {
    return new DomainError("name_taken", "There is already one with this name or code.");
  }
  if (IMPOSSIBLE.has(code ?? "")) {
    return new DomainError("invalid_input", "A value is outside of what the books can hold.");
  }
  // One that was tried as often as it may be is still in the way.
  if (
    isTransientConflict(error) ||
    AWAY.has(code ?? "") ||
    AWAY.has(prismaError.code ?? "") ||
    BUSY.test(text)
  ) {
    return new DomainError("busy", "The books are busy. Try again in a moment.", { retryAfterSeconds: 2 });
  }
  return error;
}
