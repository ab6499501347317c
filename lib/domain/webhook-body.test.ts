import { expect, test } from "vitest";

import { webhookBody } from "./webhook-body";

test("a body tells people and programs the same, and calls nobody in a chat", () => {
  const at = new Date("2026-11-24T12:00:00Z");
  const body = webhookBody({ type: "webhook.test", at, text: "<!channel> & co", data: { id: "7" } });
  expect(JSON.parse(body)).toEqual({
    type: "webhook.test",
    timestamp: "2026-11-24T12:00:00.000Z",
    text: "&lt;!channel&gt; &amp; co",
    data: { id: "7" },
  });
});
