import { z } from "zod";

import { type Named, pageFields } from "@/lib/fields/schema";

export const listInput = z.strictObject(pageFields);

/** Something that somebody is told outside the pages. */
export type Message = {
  readonly id: string;
  readonly kind: "alert" | "reminder" | "webhook";
  readonly recipient: Named;
  readonly subject: string;
  readonly text: string;
  readonly state: "waiting" | "sent" | "given_up";
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly attempts: number;
  readonly lastError: string | null;
};
