import { z } from "zod";
import type { ChainFault } from "@/lib/domain/audit-chain";
import { AUDIT_TARGETS, type AuditTarget } from "@/lib/domain/audit-target";
import { idField, monthField, type Named, pageFields } from "@/lib/fields/schema";

const actionField = z
  .string()
  .max(60, "Use an action of the trail, like invoice.post.")
  .regex(/^[a-z_]+\.[a-z_]+$/, "Use an action of the trail, like invoice.post.");

export const auditFilter = z
  .strictObject({
    ...pageFields,
    actorId: idField.optional(),
    action: actionField.optional(),
    targetType: z.enum(AUDIT_TARGETS).optional(),
    /** With what hangs on it: the seats of a contract or of a member. */
    targetId: idField.optional(),
    from: monthField.optional(),
    to: monthField.optional(),
  })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ["to"],
    message: "This is before the first month.",
  });
export type AuditFilter = z.output<typeof auditFilter>;

/** The records whose sheets show who changed them. */
export const HISTORY_RECORDS = [
  "api_account",
  "credit_grant",
  "invoice",
  "member",
  "subscription",
  "workload",
] as const satisfies AuditTarget[];
export type HistoryRecord = (typeof HISTORY_RECORDS)[number];

export const historyFilter = z.strictObject({
  ...pageFields,
  targetType: z.enum(HISTORY_RECORDS),
  /** With what hangs on it: the seats of a contract or of a member. */
  targetId: idField,
});
export type HistoryFilter = z.output<typeof historyFilter>;

/** The end of a trail as text that can be kept anywhere: number, hash, and the seal of these books. */
export const HEAD_PATTERN = /^(\d{1,15})\.([0-9a-f]{64})\.([0-9a-f]{64})$/;

export const verificationInput = z.strictObject({
  /** A head that somebody kept, to be compared with what the trail says now. */
  head: z.string().trim().regex(HEAD_PATTERN, "Use a head as these books gave it out.").optional(),
});
export type VerificationInput = z.output<typeof verificationInput>;

export type AuditEvent = {
  readonly id: string;
  /** Its number in the trail, from 1. */
  readonly sequence: number;
  readonly at: string;
  /** Null: the system itself. */
  readonly actor: {
    readonly id: string;
    /** Null: erased, or withheld. */
    readonly name: string | null;
    /** The reader may not see who it was. */
    readonly withheld: boolean;
  } | null;
  readonly action: string;
  readonly targetType: AuditTarget;
  readonly targetId: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly requestId: string;
  readonly hash: string;
  /** What the ids in it are called today; who was erased has no name. */
  readonly names: Readonly<Record<string, string>>;
};

export type AuditChoices = {
  readonly actors: readonly Named[];
  readonly actions: readonly string[];
  readonly targetTypes: readonly AuditTarget[];
};

export type Verification = {
  readonly verifiedAt: string;
  readonly events: number;
  /** The end of the trail, sealed, to be kept elsewhere; null: nothing is in it. */
  readonly head: string | null;
  /** How many heads that were kept outside the database it was compared with. */
  readonly headsCompared: number;
  /** Kept heads whose seal is not of these books, which say nothing. */
  readonly headsUnsealed: number;
  readonly faults: readonly (ChainFault & { readonly text: string })[];
  /** There are more faults than were looked for. */
  readonly more: boolean;
};
