import { defineConfig, devices } from "@playwright/test";

const CHROMIUM_ARGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** `npm test` builds and starts the application, and says where by TWOLINE_URL. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["line"], ["json", { outputFile: "test-results/browser.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.TWOLINE_URL,
    locale: "en-US",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
    launchOptions: {
      args: CHROMIUM_ARGS,
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    },
  },
  projects: [
    // The one first run makes the organization that the others work in.
    { name: "first-run", testMatch: "**/first-run.spec.ts" },
    {
      name: "browser",
      testIgnore: [
        "**/*.deep.spec.ts",
        "**/first-run.spec.ts",
        "**/merging.spec.ts",
        "**/explaining.spec.ts",
      ],
      dependencies: ["first-run"],
    },
    // These add seats and invoices to the real books, by whose differences the others measure.
    { name: "last", testMatch: ["**/merging.spec.ts", "**/explaining.spec.ts"], dependencies: ["browser"] },
    { name: "deep", testMatch: "**/*.deep.spec.ts", dependencies: ["first-run"] },
  ],
});
