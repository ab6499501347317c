import { z } from "zod";

import { DATE_ORDERS, DECIMAL_SIGNS, type FileFormat } from "@/lib/domain/file-format";
import type { ExternalIdentity, IdentityKind, UsageCostKind } from "@/lib/domain/usage";
import { fileNameField, idField, type Named, pageFields, versionField } from "@/lib/fields/schema";

/** Largest file; beyond it, export a shorter period. */
export const FILE_BYTES_MAX = 512 * 1024 * 1024;

export const IMPORT_STATES = [
  "receiving",
  "reading",
  "asking",
  "ready",
  "refused",
  "committing",
  "committed",
  "undoing",
  "undone",
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

const options = {
  /** Whose use it is, for logs and reports of one person's machine. */
  memberId: idField.optional(),
  serviceProviderId: idField.optional(),
  dateOrder: z.enum(DATE_ORDERS).optional(),
  decimalSign: z.enum(DECIMAL_SIGNS).optional(),
};

export const uploadInput = z.strictObject({ fileName: fileNameField(255), ...options });
export type UploadInput = z.output<typeof uploadInput>;

export const importOptions = z.strictObject(options);
export type ImportOptions = z.output<typeof importOptions>;

export const importChange = z.strictObject({ id: idField, version: versionField, ...options });
export type ImportChange = z.output<typeof importChange>;

export const importFilter = z.strictObject(pageFields);
export type ImportFilter = z.output<typeof importFilter>;

/** Files to fill in. */
export const TEMPLATE_NAMES = ["people-and-seats.csv", "invoices.csv"] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

export const templateInput = z.strictObject({ name: z.enum(TEMPLATE_NAMES) });
export type TemplateInput = z.output<typeof templateInput>;

export const byId = z.strictObject({ id: idField });

export const commitInput = z.strictObject({
  id: idField,
  /** Leaves out the rows that cannot be taken; else nothing is taken while there is one. */
  skipBadRows: z.boolean().default(false),
});
export type CommitInput = z.output<typeof commitInput>;

/** What has to be answered before a file can be read. */
export const QUESTIONS = ["owner", "service_provider", "date_order", "decimal_sign"] as const;
export type Question = (typeof QUESTIONS)[number];

export type ImportError = {
  readonly line: number;
  readonly column: string | null;
  readonly message: string;
};

/** A cost as exact decimal text: finer than a cent. */
export type ExactCost = {
  readonly costKind: UsageCostKind;
  readonly currency: string;
  readonly cost: string;
};

/** A name in the file, and what its rows come to. */
export type FoundIdentity = {
  readonly id: string;
  readonly kind: IdentityKind;
  readonly name: string;
  readonly parent: string | null;
  readonly matched: boolean;
  readonly rows: number;
  readonly currency: string;
  readonly cost: string;
};

/** What the rows of one name come to. */
export type IdentitySum = { readonly rows: number; readonly currency: string; readonly nano: bigint };

/** A name that a file brought, under the id that its rows were staged with. */
export type StagedIdentity = ExternalIdentity & { readonly id: string; readonly parentId: string | null };

/** What a commit would change. */
export type ImportPreview = {
  /** The closed months of which it brings something, where reading it found that out. */
  readonly closedMonths?: readonly string[];
  readonly rows: number;
  readonly newRows: number;
  readonly changedRows: number;
  readonly unchangedRows: number;
  readonly costs: readonly ExactCost[];
  readonly tokens: number;
  /** Those that cost most first, at most a hundred. */
  readonly identities: readonly FoundIdentity[];
  readonly unmatchedCount: number;
  /** Models that the price book has no price for. */
  readonly unpricedModels: readonly string[];
  /** An earlier import of the very same bytes. */
  readonly sameFileAs: string | null;
  /** Whether rows agree in all that tells rows apart, and count as their sum. */
  readonly repeated: boolean;
};

/** What a commit changed. */
export type ImportReport = {
  readonly newRows: number;
  readonly changedRows: number;
  readonly unchangedRows: number;
  readonly skippedRows: number;
  /** What people and invoices brought, for an undo. */
  readonly created?: readonly object[];
};

export type Import = {
  readonly id: string;
  readonly state: ImportState;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly readBytes: number;
  readonly format: FileFormat | null;
  readonly formatVersion: string | null;
  readonly serviceProvider: Named | null;
  /** What the person added; and, once it was asked for, that closed months are corrected. */
  readonly options: ImportOptions & { readonly closedMonths?: "correct" };
  readonly question: Question | null;
  readonly preview: ImportPreview | null;
  readonly errors: readonly ImportError[];
  readonly errorCount: number;
  readonly refusal: string | null;
  readonly report: ImportReport | null;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly createdAt: string;
  readonly committedAt: string | null;
  readonly version: number;
};
