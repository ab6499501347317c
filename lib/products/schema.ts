import { z } from "zod";

import { dateField, idField, pageFields, textField, versionField } from "@/lib/fields/schema";

export const productInput = z.strictObject({
  name: textField(100),
  endsOn: dateField.nullable().default(null),
});
export type ProductInput = z.output<typeof productInput>;

export const productChange = z.strictObject({
  id: idField,
  version: versionField,
  name: textField(100).optional(),
  endsOn: dateField.nullable().optional(),
});
export type ProductChange = z.output<typeof productChange>;

export const listInput = z.strictObject(pageFields);
export const byId = z.strictObject({ id: idField });

export type Product = {
  readonly id: string;
  readonly name: string;
  /** The day on which it was sold or stopped. */
  readonly endsOn: string | null;
  readonly version: number;
};
