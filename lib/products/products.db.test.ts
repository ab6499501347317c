import { expect, test } from "vitest";

import { changeProduct, createProduct, listProducts, readProduct } from "@/lib/products/service";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

const CHECKOUT = { name: "Checkout assistant", endsOn: null };
const PAGE = { limit: 50 };

test("a product is entered, ends and keeps its name to itself", async () => {
  const ctx = await anOrganization();
  const { id, version } = await createProduct(ctx, CHECKOUT);
  await expectRefusal(createProduct(ctx, CHECKOUT), "name_taken", "name");

  const ended = await changeProduct(ctx, { id, version, endsOn: "2026-12-31" });
  expect(ended).toEqual({ id, name: "Checkout assistant", endsOn: "2026-12-31", version: version + 1 });
  await expectRefusal(changeProduct(ctx, { id, version, endsOn: null }), "stale_version");
  expect((await listProducts(ctx, PAGE)).data).toEqual([ended]);
});

test("a product is not there for another organization", async () => {
  const ctx = await anOrganization();
  const { id, version } = await createProduct(ctx, CHECKOUT);
  const stranger = await anOrganization();
  await expectRefusal(readProduct(stranger, { id }), "not_found");
  await expectRefusal(changeProduct(stranger, { id, version, name: "Mine" }), "not_found");
  expect((await listProducts(stranger, PAGE)).data).toEqual([]);
});

test("everybody may choose from the products, owner and finance write them", async () => {
  const owner = await anOrganization();
  await createProduct(await anActor(owner, { roles: ["finance"] }), CHECKOUT);
  for (const role of ["lead", "member", "auditor"] as const) {
    const actor = await anActor(owner, { roles: [role] });
    expect((await listProducts(actor, PAGE)).data).toHaveLength(1);
    await expectRefusal(createProduct(actor, { ...CHECKOUT, name: role }), "forbidden");
  }
});
