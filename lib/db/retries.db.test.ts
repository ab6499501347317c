import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { type Db, transact, write } from "@/lib/db/client";
import { isTransientConflict } from "@/lib/db/errors";
import { newId } from "@/lib/db/id";
import { anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// What happens when another transaction was in the way (security rows M14 and M15), against PostgreSQL. Conflicts are
// raised by functions that count their calls in a sequence, which a rollback does not take back.

const owner = new Client({ connectionString: process.env.DATABASE_URL });
let ctx: Ctx;

beforeAll(async () => {
  await owner.connect();
  await owner.query(`
    CREATE SEQUENCE calls;
    CREATE FUNCTION conflicts(code text, times bigint) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN IF nextval('calls') <= times THEN RAISE EXCEPTION 'injected' USING ERRCODE = code; END IF; END $$;
    CREATE TABLE committed (code text NOT NULL, times bigint NOT NULL);
    CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM conflicts(NEW.code, NEW.times); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON committed DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION at_commit();
    GRANT INSERT, SELECT ON committed TO twoline_app;
    GRANT USAGE ON SEQUENCE calls TO twoline_app`);
});
afterAll(() => owner.end());
beforeEach(async () => {
  ctx = await anOrganization();
  await owner.query("ALTER SEQUENCE calls RESTART; TRUNCATE committed");
});

/** Adds a team and then does `then`, and counts how often it was tried. */
function tried(then: (db: Db) => Promise<unknown>) {
  let tries = 0;
  const work = write(ctx, async (db) => {
    tries++;
    await addTeam(db);
    await then(db);
    return null;
  });
  return { work, tries: () => tries };
}

const addTeam = (db: Db) => {
  const id = newId();
  const team = { id, name: id, code: id.slice(-12), createdAt: ctx.now };
  return db.team.create({ data: { organizationId: ctx.organization.id, ...team } });
};
const teams = () => transact({ organizationId: ctx.organization.id }, (db) => db.team.count());

const atStatement = (code: string, times: number) => (db: Db) =>
  db.$executeRawUnsafe(`SELECT conflicts('${code}', ${times})`);
const atCommit = (code: string, times: number) => (db: Db) =>
  db.$executeRawUnsafe(`INSERT INTO committed VALUES ('${code}', ${times})`);

describe("a conflict with another transaction", () => {
  test.each([
    ["40001 of a statement", atStatement("40001", 2)],
    ["40P01 of a statement", atStatement("40P01", 2)],
    ["40001 of COMMIT", atCommit("40001", 2)],
    ["40P01 of COMMIT", atCommit("40P01", 2)],
  ])("is tried again, and what was done counts once: %s", async (_shape, then) => {
    const before = await teams();
    const { work, tries } = tried(then);
    await work;
    expect([tries(), (await teams()) - before]).toEqual([3, 1]);
  });

  test("of a model's call is tried again", async () => {
    // Somebody else changes the row between what the transaction saw and what it writes.
    const where = { id: ctx.organization.id };
    let tries = 0;
    await transact({ organizationId: where.id }, async (db) => {
      await db.$executeRawUnsafe("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      await db.organization.findUniqueOrThrow({ where });
      if (++tries === 1) {
        await owner.query("UPDATE organization SET version = version + 1 WHERE id = $1", [where.id]);
      }
      await db.organization.update({ where, data: { name: "Tried again" } });
    });
    expect(tries).toBe(2);
  });

  test.each([
    ["a statement", atStatement("40001", 1_000)],
    ["COMMIT", atCommit("40001", 1_000)],
  ])(
    "that does not end is given up after at most eight tries as busy, with nothing done: %s",
    async (_, then) => {
      const before = await teams();
      const { work, tries } = tried(then);
      await expectRefusal(work, "busy");
      expect(tries()).toBeGreaterThan(1);
      expect(tries()).toBeLessThanOrEqual(8);
      expect(await teams()).toBe(before);
    },
  );

  test("is no other refusal: what was done wrong is tried once", async () => {
    const { work, tries } = tried(atStatement("22003", 1_000));
    await expectRefusal(work, "invalid_input");
    expect(tries()).toBe(1);
  });

  test("is not a transaction whose time was up: nobody knows how it ended, so it is not done again", async () => {
    let tries = 0;
    const work = transact(
      { organizationId: ctx.organization.id },
      async (db) => {
        tries++;
        await addTeam(db);
        await db.$executeRawUnsafe("SELECT pg_sleep(0.4)");
      },
      { timeoutMs: 100 },
    );
    await expect(work).rejects.toMatchObject({ code: "P2028" });
    expect(tries).toBe(1);
  });
});

test.each([
  ["of a model's call", { code: "P2034" }, true],
  ["of raw SQL", raw({ kind: "TransactionWriteConflict", originalCode: "40001" }), true],
  ["of raw SQL that a deadlock ended", raw({ originalCode: "40P01" }), true],
  ["of COMMIT, without a code", { cause: { kind: "TransactionWriteConflict" } }, true],
  ["a broken check", raw({ originalCode: "23514" }), false],
  ["time that was up", { code: "P2028" }, false],
  ["nothing of the database", new Error("40001"), false],
])("a conflict is known in each of its shapes: %s", (_shape, error, conflict) => {
  expect(isTransientConflict(error)).toBe(conflict);
});

function raw(cause: object) {
  return { code: "P2010", meta: { driverAdapterError: { cause } } };
}

describe("two who each keep a limit alone", () => {
  const LIMIT = 3;
  /** Adds a team if there is room for it, and gives the others time to look too. */
  const ifRoom = async (db: Db) => {
    const count = await db.team.count();
    await db.$executeRawUnsafe("SELECT pg_sleep(0.05)");
    if (count < LIMIT) await addTeam(db);
    return null;
  };

  test("keep it together: writers of one organization take turns", async () => {
    await Promise.all(Array.from({ length: 8 }, () => write(ctx, ifRoom)));
    expect(await teams()).toBe(LIMIT);
  });

  test("would break it in transactions that take none", async () => {
    const { id: organizationId } = ctx.organization;
    await Promise.all(Array.from({ length: 8 }, () => transact({ organizationId }, ifRoom)));
    expect(await teams()).toBeGreaterThan(LIMIT);
  });
});
