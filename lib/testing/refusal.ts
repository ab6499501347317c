import { expect } from "vitest";

import type { DomainErrorCode } from "@/lib/domain/errors";

/** Expects the work to be refused with the code, at the field if one is named. */
export async function expectRefusal(
  work: Promise<unknown>,
  code: DomainErrorCode,
  field?: string,
): Promise<void> {
  const refusal =
    field === undefined ? { code } : { code, details: { fields: { [field]: expect.any(String) } } };
  await expect(work).rejects.toMatchObject({ name: "DomainError", ...refusal });
}
