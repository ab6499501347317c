// A thread beside the application that takes logs apart, so that a big folder of them keeps no page waiting. For each
// upload it gets a port: stretches of whole lines come in, their memory goes back, and at the end what they tell.
import { parentPort } from "node:worker_threads";

import "./typescript.mjs";

const { LogLines } = await import("../lib/imports/log-lines.ts");

parentPort.on("message", (port) => {
  const lines = new LogLines();
  port.on("message", (stretch) => {
    if (stretch === null) {
      const told = lines.end();
      port.postMessage({ told }, [told.named.buffer, told.unnamed.buffer]);
      return;
    }
    const { position, memory, size } = stretch;
    lines.add(position, new Uint8Array(memory, 0, size));
    port.postMessage({ memory }, [memory]);
  });
});
