import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, writeLong } from "@/lib/db/client";
import { pseudonymOf, termsOf, withoutPerson } from "@/lib/domain/erasure";
import { DomainError } from "@/lib/domain/errors";
import {
  emptyIdentities,
  emptyMember,
  emptyUser,
  endInvitations,
  eraseTexts,
  findOtherNames,
  findPerson,
  isNamedInWaitingFile,
} from "@/lib/erasure/data";
import type { ErasureInput } from "@/lib/erasure/schema";
import { assertStays, getMember } from "@/lib/members/data";
import type { Member } from "@/lib/members/schema";
import { leaveTokens } from "@/lib/tokens/data";
import { findOwnerIds, removeUser } from "@/lib/users/data";

/**
 * Forgets who somebody was: name, addresses and other names go everywhere in the books, and their account with them.
 * What they cost stays, under a pseudonym. It cannot be undone.
 *
 * @throws DomainError `import_state`, `last_owner`, `member_erased`, `member_merged`, `stale_version`
 */
export async function erasePerson(ctx: Ctx, input: ErasureInput): Promise<Member> {
  authorize(ctx, "person:erase");
  authorizeFresh(ctx);
  return await writeLong(ctx, async (db) => {
    const before = await getMember(db, ctx, input.id);
    assertStays(before);
    const person = await findPerson(db, ctx, input.id);
    await assertMayGo(db, ctx, person);
    const terms = termsOf(person.knownBy, await findOtherNames(db, ctx, person));
    const pseudonym = pseudonymOf(input.id);

    if (person.userId !== null) {
      await leaveTokens(db, ctx, person.userId);
      await removeUser(db, ctx, person.userId);
    }
    await emptyMember(db, ctx, input, person);
    await endInvitations(db, ctx, person);
    await emptyIdentities(db, ctx, person, pseudonym);
    await eraseTexts(db, ctx, terms, pseudonym);
    const { userId } = person;
    const accountGone = userId !== null && (await emptyUser(db, ctx, userId, pseudonym));
    await recordAudit(db, ctx, {
      action: "member.erase",
      targetType: "member",
      targetId: input.id,
      // The reason may name them, and nothing can be taken out of the trail.
      after: { grounds: withoutPerson(input.reason, terms, pseudonym), accountGone },
    });
    return await getMember(db, ctx, input.id);
  });
}

async function assertMayGo(
  db: Db,
  ctx: Ctx,
  { userId, knownBy }: { readonly userId: string | null; readonly knownBy: readonly string[] },
): Promise<void> {
  if (userId === ctx.actor.userId) {
    throw new DomainError("forbidden", "Nobody erases themselves. Ask another owner.");
  }
  const owners = await findOwnerIds(db, ctx);
  if (owners.length === 1 && owners[0] === userId) {
    throw new DomainError("last_owner", "This is the last owner. Make somebody else an owner first.");
  }
  const texts = knownBy.filter((text) => /[@\s]/.test(text.trim()));
  if (await isNamedInWaitingFile(db, ctx, texts)) {
    const message = "A file that waits names this person. Take it in or give it up first.";
    throw new DomainError("import_state", message);
  }
}
