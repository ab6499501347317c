import { describe, expect, test } from "vitest";

import { rateInput } from "@/lib/rates/schema";
import { changeRate, createRate, listRates, readRate } from "@/lib/rates/service";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

const aRate = (changes: object = {}) =>
  rateInput.parse({ date: "2026-10-30", from: "EUR", to: "USD", rate: "1.0911", ...changes });

describe("exchange rates", () => {
  test("are listed by day, the latest first, page after page", async () => {
    const ctx = await anOrganization();
    for (const date of ["2026-10-30", "2026-11-20", "2026-09-01"]) await createRate(ctx, aRate({ date }));
    await createRate(ctx, aRate({ from: "GBP" }));

    const first = await listRates(ctx, { limit: 2 });
    const second = await listRates(ctx, { limit: 2, cursor: first.nextCursor ?? undefined });
    expect([...first.data, ...second.data].map(({ date }) => date)).toEqual([
      "2026-11-20",
      "2026-10-30",
      "2026-10-30",
      "2026-09-01",
    ]);
    expect(second.nextCursor).toBeNull();
    expect((await listRates(ctx, { limit: 50, from: "GBP" })).data).toHaveLength(1);
    await expectRefusal(
      listRates(ctx, { limit: 2, cursor: "2026-10-30_1; DROP" }),
      "invalid_input",
      "cursor",
    );
  });

  test("keep every place that was entered", async () => {
    const ctx = await anOrganization();
    const { id } = await createRate(ctx, aRate({ rate: "0.000000000123" }));
    expect((await readRate(ctx, { id })).rate).toBe("0.000000000123");
  });

  test.each(["0", "-1", "1e3", "1,5", "", "NaN", "1.1234567890123", "1234567890123"])("refuse %j", (rate) => {
    expect(rateInput.safeParse({ ...aRate(), rate }).success).toBe(false);
  });

  test("are between two currencies that exist", () => {
    expect(rateInput.safeParse({ ...aRate(), to: "EUR" }).success).toBe(false);
    expect(rateInput.safeParse({ ...aRate(), from: "XYZ" }).success).toBe(false);
  });

  test("stand once a pair and day", async () => {
    const ctx = await anOrganization();
    await createRate(ctx, aRate());
    await expectRefusal(createRate(ctx, aRate({ rate: "1.2" })), "name_taken", "date");
    await expect(createRate(ctx, aRate({ from: "USD", to: "EUR" }))).resolves.toBeDefined();
  });

  test("are put right once per version that was read", async () => {
    const ctx = await anOrganization();
    const { id, version } = await createRate(ctx, aRate());
    expect(await changeRate(ctx, { id, version, rate: "1.1" })).toMatchObject({
      rate: "1.1",
      version: version + 1,
    });
    await expectRefusal(changeRate(ctx, { id, version, rate: "1.2" }), "stale_version");
  });

  test("are not there for another organization", async () => {
    const ctx = await anOrganization();
    const { id, version } = await createRate(ctx, aRate());
    const stranger = await anOrganization();
    await expectRefusal(readRate(stranger, { id }), "not_found");
    await expectRefusal(changeRate(stranger, { id, version, rate: "9" }), "not_found");
    expect((await listRates(stranger, { limit: 50 })).data).toEqual([]);
  });

  test("are read by every role and written by owner and finance", async () => {
    const owner = await anOrganization();
    await createRate(await anActor(owner, { roles: ["finance"] }), aRate());
    for (const role of ["lead", "member", "auditor"] as const) {
      const actor = await anActor(owner, { roles: [role] });
      expect((await listRates(actor, { limit: 50 })).data).toHaveLength(1);
      await expectRefusal(createRate(actor, aRate({ date: "2026-01-02" })), "forbidden");
    }
  });
});
