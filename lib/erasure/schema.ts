import { z } from "zod";

import { idField, textField, versionField } from "@/lib/fields/schema";

export const erasureInput = z.strictObject({ id: idField, version: versionField, reason: textField(300) });
export type ErasureInput = z.output<typeof erasureInput>;

export const byId = z.strictObject({ id: idField });
