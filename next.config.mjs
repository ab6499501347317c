import { HEADERS } from "./scripts/headers.mjs";

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // No picture has to be fitted, so nobody needs the route that fits them.
  images: { unoptimized: true },
  serverExternalPackages: ["@node-rs/argon2", "pg", "pg-copy-streams", "pino"],
  // Types and lint are steps of their own in `npm test`, so that a start does not repeat them.
  typescript: { ignoreBuildErrors: true },
  // Where what watches over servers looks first, too.
  rewrites: async () => [{ source: "/api/health", destination: "/healthz" }],
  headers: async () => [
    { source: "/:path*", headers: Object.entries(HEADERS).map(([key, value]) => ({ key, value })) },
  ],
};
