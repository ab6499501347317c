import { expect, test } from "vitest";

import { SEALED_COLUMNS } from "@/lib/secrets/sealed-columns";
import { asSuperuser } from "@/lib/testing/tenant-tables";

test("the columns that a rotation of keys goes through are those that the database has", async () => {
  const { rows } = await asSuperuser((client) =>
    client.query<{ table: string; column: string; of: string }>(
      `SELECT c.table_name AS "table", c.column_name AS "column",
         CASE WHEN EXISTS (SELECT 1 FROM information_schema.columns o
           WHERE o.table_schema = c.table_schema AND o.table_name = c.table_name
             AND o.column_name = 'organization_id') THEN 'organization' ELSE 'nobody' END AS of
       FROM information_schema.columns c
       WHERE c.table_schema = current_schema() AND c.column_name LIKE '%\\_sealed' ORDER BY 1, 2`,
    ),
  );
  const named = SEALED_COLUMNS.toSorted((a, b) =>
    `${a.table} ${a.column}` < `${b.table} ${b.column}` ? -1 : 1,
  );
  expect(rows).toEqual(named);
});
