import { expect, test } from "vitest";

import { changeOrganization, readOrganization } from "@/lib/organization/service";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

test("the owner renames the organization, once per version that was read", async () => {
  const ctx = await anOrganization();
  const { version } = await readOrganization(ctx);
  const changed = await changeOrganization(ctx, { version, name: "Northwind", fiscalYearStart: 1 });
  expect(changed).toMatchObject({ name: "Northwind", fiscalYearStart: 1, version: version + 1 });
  await expectRefusal(changeOrganization(ctx, { version, name: "Late" }), "stale_version");
});

test("currency and first month move while nothing is entered", async () => {
  const ctx = await anOrganization();
  const { version, fixed } = await readOrganization(ctx);
  expect(fixed).toBe(false);
  const changed = await changeOrganization(ctx, { version, baseCurrency: "EUR", booksStart: "2025-04" });
  expect(changed).toMatchObject({ baseCurrency: "EUR", booksStart: "2025-04" });
});

test("everybody in it reads it, only the owner changes it", async () => {
  const owner = await anOrganization();
  for (const role of ["finance", "lead", "member", "auditor"] as const) {
    const actor = await anActor(owner, { roles: [role] });
    const { version, name } = await readOrganization(actor);
    expect(name).toBe("Northwind Labs");
    await expectRefusal(changeOrganization(actor, { version, name: role }), "forbidden");
  }
});
