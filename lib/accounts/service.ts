import "server-only";

import {
  findAccounts,
  findClassifications,
  getAccount,
  insertAccount,
  insertClassification,
  updateAccount,
} from "@/lib/accounts/data";
import type {
  Account,
  AccountChange,
  AccountFilter,
  AccountInput,
  Classification,
  ClassificationInput,
} from "@/lib/accounts/schema";
import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { Page } from "@/lib/fields/schema";
import { repost } from "@/lib/ledger/repost";

/** A tree is three levels by nature; more is a mistake. */
const DEPTH_MAX = 5;

export async function listAccounts(ctx: Ctx, filter: AccountFilter): Promise<Page<Account>> {
  authorize(ctx, "account:read");
  return await read(ctx, (db) => findAccounts(db, ctx, filter));
}

export async function readAccount(ctx: Ctx, { id }: { id: string }): Promise<Account> {
  authorize(ctx, "account:read");
  return await read(ctx, (db) => getAccount(db, ctx, id));
}

export async function createAccount(ctx: Ctx, input: AccountInput): Promise<Account> {
  authorize(ctx, "account:write");
  return await write(ctx, async (db) => {
    // First, because it tells whether everything that is named exists.
    const id = await insertAccount(db, ctx, input);
    if (input.parentId) await assertParent(db, ctx, input.parentId, input.serviceProviderId);
    await repost(db, ctx, { apiAccountIds: [id] });
    await recordAudit(db, ctx, {
      action: "api_account.create",
      targetType: "api_account",
      targetId: id,
      after: input,
    });
    return await getAccount(db, ctx, id);
  });
}

export async function changeAccount(ctx: Ctx, change: AccountChange): Promise<Account> {
  authorize(ctx, "account:write");
  return await write(ctx, async (db) => {
    const before = await getAccount(db, ctx, change.id);
    if (change.parentId) await assertParent(db, ctx, change.parentId, before.serviceProvider.id, change.id);
    await updateAccount(db, ctx, change);
    await repost(db, ctx, { apiAccountIds: [change.id] });
    const after = await getAccount(db, ctx, change.id);
    await recordAudit(db, ctx, {
      action: "api_account.change",
      targetType: "api_account",
      targetId: change.id,
      before,
      after,
    });
    return after;
  });
}

export async function listClassifications(ctx: Ctx, { id }: { id: string }): Promise<Page<Classification>> {
  authorize(ctx, "account:read");
  return await read(ctx, async (db) => {
    await getAccount(db, ctx, id);
    return { data: await findClassifications(db, ctx, id), nextCursor: null };
  });
}

/** From a day on, the account's cost counts in these shares; what was invoiced for those days is posted anew. */
export async function classify(ctx: Ctx, input: ClassificationInput): Promise<Account> {
  authorize(ctx, "account:write");
  return await write(ctx, async (db) => {
    await getAccount(db, ctx, input.id);
    const classificationId = await insertClassification(db, ctx, input);
    await repost(db, ctx, { apiAccountIds: [input.id] });
    await recordAudit(db, ctx, {
      action: "classification.create",
      targetType: "api_account",
      targetId: input.id,
      after: { classificationId, ...input },
    });
    return await getAccount(db, ctx, input.id);
  });
}

/** That the parent is of the same provider and not below the account itself. */
async function assertParent(
  db: Db,
  ctx: Ctx,
  parentId: string,
  serviceProviderId: string,
  childId?: string,
): Promise<void> {
  const parent = await getAccount(db, ctx, parentId);
  if (parent.serviceProvider.id !== serviceProviderId)
    throw wrongParent("An account is below one of the same provider.");
  if (parent.depth >= DEPTH_MAX) throw wrongParent("This tree is deep enough.");
  for (
    let above: Account | null = parent;
    above;
    above = above.parentId ? await getAccount(db, ctx, above.parentId) : null
  ) {
    if (above.id === childId) throw wrongParent("An account is not below itself.");
  }
}

const wrongParent = (message: string): DomainError =>
  new DomainError("invalid_input", message, { fields: { parentId: message } });
