import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// `server-only` refuses to be loaded outside a server component, which a test is not.
const resolve = { alias: { "@": at("."), "server-only": at("./lib/testing/server-only.ts") } };
const everywhere = ["**/node_modules/**", "**/.next/**"];

export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: ["{lib,scripts,components}/**/*.test.ts"],
          exclude: [...everywhere, "**/*.db.test.ts", "**/*.crash.test.ts", "**/*.deep.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: "database",
          include: ["{lib,app,scripts}/**/*.db.test.ts"],
          exclude: everywhere,
          setupFiles: ["lib/testing/database.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        test: {
          name: "crash",
          include: ["scripts/**/*.crash.test.ts"],
          exclude: everywhere,
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: "deep",
          include: ["{lib,scripts}/**/*.deep.test.ts"],
          exclude: everywhere,
          testTimeout: 900_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
