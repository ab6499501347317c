// Who may import whom: an allow-list. What no line here names is refused, so this file is the diagram of the house.
// lib/architecture.test.ts runs it in `npm test`, and proves that it sees every file.

const SHARED = "domain|db|http|auth|testing|connectors|exports|jobs|fields|net";
const FEATURE = `^lib/(?!(?:${SHARED})/)[^/]+`;
const TESTS = "\\.test\\.tsx?$|^lib/testing/|^e2e/";

const DOMAIN = "^lib/domain/";
const FIELDS = "^lib/fields/";
const SCHEMA = `${FEATURE}/schema\\.ts$`;
const QUERIES = `${FEATURE}/queries\\.ts$`;
/** What talks to the database: the only importer of Prisma beside lib/db. */
const DATA = `${FEATURE}/[a-z-]*data\\.ts$|^lib/ledger/visible\\.ts$|^lib/subscriptions/today\\.ts$|^lib/db/|^lib/auth/data\\.ts$`;
/** What a feature's service is made of: everything else in its folder. */
const SERVICE = `${FEATURE}/(?!schema\\.ts|queries\\.ts|[a-z-]*data\\.ts)[^/]+\\.ts$`;
const JOBS = "^lib/jobs/";
/** How this server asks addresses that somebody set: nobody else opens a connection to them. */
const NET = "^lib/net/";
const CONNECTORS = "^lib/connectors/";
const EXPORTS = "^lib/exports/";
const CTX = "^lib/auth/ctx\\.ts$";
/** What a service that opens sessions needs of who asks. */
const SIGNING_IN = "^lib/auth/(?:password|password-policy|gate|device|link|proof)\\.ts$";
const AUTH = "^lib/auth/(?!data)";
/** Seals what must not stand in the database as text: the use of it belongs to no feature. */
const SEAL = "^lib/secrets/seal\\.ts$";
const FETCH = "^lib/http/(?:fetch|problem)\\.ts$";
const HTTP = "^lib/http/(?!fetch)";
const PRISMA = "^prisma/generated/";

const UI = "^components/ui/";
const CHARTS = "^components/charts/";
const COMPONENTS = "^components/(?!ui/|charts/)";
const API = "^app/api/";
const PAGES = "^app/(?!api/)";

const from = (path) => ({ path, pathNot: TESTS });
const ours = (who, ...whom) => ({ from: from(who), to: { path: whom } });
const packages = (who, ...names) => ({
  from: from(who),
  to: { path: names.map((name) => `^node_modules/${name}(/|$)`), dependencyTypesNot: ["npm-dev"] },
});
const node = (who, ...names) => ({
  from: from(who),
  to: { dependencyTypes: ["core"], path: `^(node:)?(${names.join("|")})$` },
});

export default {
  allowed: [
    { from: { path: TESTS }, to: {} },

    // What is true.
    ours(DOMAIN, DOMAIN),

    // Where it comes from: bytes in, typed facts or row errors out.
    ours(CONNECTORS, CONNECTORS, DOMAIN),
    packages(CONNECTORS, "csv-parse"),
    node(CONNECTORS, "stream"),

    // How the outside is asked.
    ours(NET, NET, DOMAIN),
    packages(NET, "server-only", "ipaddr.js"),
    node(NET, "dns", "http", "https", "net", "stream", "zlib"),

    // How it leaves: one file a format, a table in and a text out.
    ours(EXPORTS, EXPORTS, DOMAIN),
    packages("^lib/exports/ical\\.ts$", "ical-generator"),
    node("^lib/exports/zip\\.ts$", "stream", "zlib"),

    // What you can do.
    ours(`${SCHEMA}|${FIELDS}`, DOMAIN, SCHEMA, FIELDS),
    packages(`${SCHEMA}|${FIELDS}`, "zod"),
    ours(QUERIES, QUERIES, SCHEMA, DOMAIN, FIELDS, FETCH),
    packages(QUERIES, "@tanstack/react-query"),
    ours(SERVICE, SERVICE, DATA, SCHEMA, DOMAIN, FIELDS, CONNECTORS, EXPORTS, NET, CTX, SIGNING_IN),
    node(SERVICE, "crypto", "stream"),
    // What keys lie in, outside the database.
    node("^lib/secrets/ring\\.ts$", "fs"),
    // What must not keep pages waiting.
    node("^lib/imports/log-threads\\.ts$", "os", "path", "worker_threads"),
    packages(SERVICE, "server-only"),
    packages("^lib/second-factor/code\\.ts$", "otplib", "uqr"),
    packages("^lib/messages/mail\\.ts$", "nodemailer"),
    packages("^lib/model-prices/seed\\.ts$", "@pydantic/genai-prices"),

    // What runs unattended.
    ours(JOBS, JOBS, SERVICE, DATA, DOMAIN, NET, CTX),
    packages(JOBS, "server-only"),

    // Where it is kept.
    ours(DATA, DATA, SCHEMA, DOMAIN, FIELDS, AUTH, PRISMA, `${FEATURE}/(?:seed|media-type)\\.ts$`),
    packages(DATA, "server-only", "@prisma/adapter-pg", "@prisma/client", "pg", "pg-copy-streams", "uuid"),
    node(DATA, "crypto", "events", "stream", "stream/promises"),
    // What has to lie outside the database.
    node("^lib/audit/kept-heads-data\\.ts$", "fs/promises"),

    // Who asks, and how it travels.
    ours(
      AUTH,
      AUTH,
      DATA,
      DOMAIN,
      NET,
      SEAL,
      "^lib/(?:sign-in/(?:service|throttle)|tokens/secret|single-sign-on/(?:arrival|discovery|proof))\\.ts$",
    ),
    packages(AUTH, "server-only", "next", "next-auth", "react", "@node-rs/argon2"),
    node(AUTH, "crypto", "dns", "net", "os"),
    ours("^lib/http/", "^lib/http/", AUTH, DOMAIN),
    packages("^lib/http/", "server-only", "zod", "pino"),
    node("^lib/http/", "crypto", "stream"),

    // Screens and endpoints.
    ours(API, API, HTTP, SCHEMA, SERVICE, "^lib/exports/", "^lib/auth/options\\.ts$"),
    packages(API, "zod", "next-auth", "next"),
    { from: from("^app/api/docs/"), to: { path: [COMPONENTS, UI] } },
    ours("^app/(healthz|readyz)/", "^lib/db/client\\.ts$"),
    ours(
      PAGES,
      PAGES,
      COMPONENTS,
      UI,
      "^lib/auth/session\\.ts$",
      CTX,
      SERVICE,
      SCHEMA,
      QUERIES,
      DOMAIN,
      FIELDS,
    ),
    packages(PAGES, "next", "react", "@tanstack/react-query"),
    ours(COMPONENTS, COMPONENTS, UI, CHARTS, QUERIES, SCHEMA, DOMAIN, FIELDS, FETCH),
    packages(
      COMPONENTS,
      "next",
      "react",
      "react-hook-form",
      "@hookform/resolvers",
      "zod",
      "lucide-react",
      "cmdk",
      "next-themes",
      "@tanstack/react-[a-z]+",
    ),
    ours(UI, UI, DOMAIN),
    packages(UI, "next", "react", "react-dom", "radix-ui", "lucide-react", "cmdk"),
    ours(CHARTS, CHARTS, DOMAIN),
    packages(CHARTS, "react", "chart.js"),
  ],
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { name: "no-unknown", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  allowedSeverity: "error",
  options: {
    doNotFollow: { path: "node_modules|^prisma/generated" },
    exclude: { path: "^\\.next|\\.css$" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
    skipAnalysisNotInRules: false,
  },
};
