import { z } from "zod";

import { idField } from "@/lib/fields/schema";

export const byId = z.strictObject({ id: idField });
export const none = z.strictObject({});

export type Session = {
  readonly id: string;
  readonly userAgent: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly current: boolean;
};
