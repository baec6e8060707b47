/**
 * Installs the packages of the docs site, unless they are there as docs/package-lock.json wants them: `npm run docs:dev` and its kin begin with
 * it, so that each works in a fresh clone after `npm ci`, and starts at once later.
 */
import { execSync } from "node:child_process";
import { statSync } from "node:fs";
import { resolve } from "node:path";

const docs = resolve(import.meta.dirname, "../docs");
const madeAt = (file: string): number => statSync(resolve(docs, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (madeAt("node_modules/.package-lock.json") < madeAt("package-lock.json")) {
  execSync("npm ci --no-audit --no-fund --loglevel=error", { cwd: docs, stdio: "inherit" });
}
