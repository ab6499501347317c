import { z } from "zod";

import { INPUT_MINOR_MAX } from "@/lib/domain/money";
import { PERSON_ANALYSES, type PersonAnalysis } from "@/lib/domain/person-analysis";
import { currencyField, monthField, textField, versionField } from "@/lib/fields/schema";

const TOLERANCE = "Use an amount of zero or more.";
const PER_MILLE = "Use a whole number from 0 to 1000.";
const GROUP_SIZE = "Use a whole number from 2 to 1000.";

export const organizationChange = z.strictObject({
  version: versionField,
  name: textField(100).optional(),
  fiscalYearStart: z.int().min(1, "Choose a month.").max(12, "Choose a month.").optional(),
  /** These two only while nothing was entered that they would change. */
  baseCurrency: currencyField.optional(),
  booksStart: monthField.optional(),
  /** Whether use is shown by person. */
  personAnalysis: z.enum(PERSON_ANALYSES, "Choose one of the three.").optional(),
  minimumGroupSize: z.int(GROUP_SIZE).min(2, GROUP_SIZE).max(1000, GROUP_SIZE).optional(),
  /** A difference up to either is accepted by itself: in the currency of the books, or beside what was billed. */
  toleranceMinor: z
    .int(TOLERANCE)
    .min(0, TOLERANCE)
    .max(INPUT_MINOR_MAX, "This amount is too large.")
    .optional(),
  tolerancePerMille: z.int(PER_MILLE).min(0, PER_MILLE).max(1000, PER_MILLE).optional(),
  /** Whether a second person approves before a month is closed. */
  closingNeedsApproval: z.boolean().optional(),
});
export type OrganizationChange = z.output<typeof organizationChange>;

export type Organization = {
  readonly id: string;
  readonly name: string;
  readonly baseCurrency: string;
  readonly fiscalYearStart: number;
  readonly booksStart: string;
  readonly personAnalysis: PersonAnalysis;
  readonly minimumGroupSize: number;
  readonly toleranceMinor: number;
  readonly tolerancePerMille: number;
  readonly closingNeedsApproval: boolean;
  readonly demo: boolean;
  /** Whether the currency and the first month stay, because seats, invoices or opening totals are entered. */
  readonly fixed: boolean;
  /** How many there are, so that screens show columns only where there is something to tell apart. */
  readonly counts: { readonly teams: number; readonly members: number; readonly products: number };
  readonly version: number;
};

/** What an export of everything says of itself, so that whoever has it can prove that it is whole. */
export type ExportManifest = {
  readonly format: "twoline-organization";
  readonly version: 1;
  readonly exportedAt: string;
  readonly organization: { readonly id: string; readonly name: string };
  /** The sealed end of the audit trail, as every report carries it. */
  readonly auditHead: string | null;
  readonly files: readonly {
    readonly name: string;
    /** Of the rows that are in it, one JSON object a line. */
    readonly table?: string;
    readonly rows?: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  /** What is not in it: secrets, and what says nothing of the books. */
  readonly leftOut: {
    readonly tables: readonly string[];
    readonly columns: Readonly<Record<string, readonly string[]>>;
  };
};
