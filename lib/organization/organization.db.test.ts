import { expect, test } from "vitest";

import { transact } from "@/lib/db/client";
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

test("how use is shown by person is chosen, and the audit trail says what it was before", async () => {
  const ctx = await anOrganization();
  const before = await readOrganization(ctx);
  expect(before).toMatchObject({ personAnalysis: "on", minimumGroupSize: 5 });
  const choice = { personAnalysis: "pseudonymous", minimumGroupSize: 8 } as const;
  expect(await changeOrganization(ctx, { version: before.version, ...choice })).toMatchObject(choice);
  const [event] = await transact({ organizationId: ctx.organization.id }, (db) =>
    db.auditEvent.findMany({ where: { organizationId: ctx.organization.id, action: "organization.change" } }),
  );
  expect(event).toMatchObject({
    before: { personAnalysis: "on", minimumGroupSize: 5 },
    after: choice,
  });
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
