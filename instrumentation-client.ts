// Runs before anything else of ours in the browser. The validator would compile its schemas with eval, which a page's
// policy forbids and would report; it works as well without.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
