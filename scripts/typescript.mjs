// Lets a script import the application's own TypeScript: `@/` is the root, endings may be left out, and `server-only`,
// which guards against the browser, is nothing here.
import { existsSync, readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

import { root } from "./bootstrap.mjs";

const home = pathToFileURL(root).href;
const ENDINGS = [".ts", ".tsx", "/index.ts"];
// Node.js still calls its own transformation of types an experiment, once for every start.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) =>
  String(warning).includes("stripTypeScriptTypes") ? undefined : emitWarning.call(process, warning, ...rest);

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "server-only") return { url: "data:text/javascript,", shortCircuit: true };
    if (specifier.startsWith("@/")) return next(withEnding(new URL(specifier.slice(2), home).href), context);
    const ours = context.parentURL?.startsWith(home) && !context.parentURL.includes("/node_modules/");
    if (ours && specifier.startsWith(".")) {
      return next(withEnding(new URL(specifier, context.parentURL).href), context);
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith(home) || !url.endsWith(".ts")) return next(url, context);
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), "utf8"), { mode: "transform" });
    return { format: "module", source, shortCircuit: true };
  },
});

function withEnding(href) {
  if (/\.(m?[jt]s|tsx|json)$/.test(href)) return href;
  return href + (ENDINGS.find((ending) => existsSync(new URL(href + ending))) ?? "");
}
