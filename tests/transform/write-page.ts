// Writes the table of constructs into its page: npm run docs:constructs
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "../support/command.js";
import { withTable } from "./constructs-page.js";

const page = resolve(root, "docs/plain-typescript.md");
writeFileSync(page, withTable(readFileSync(page, "utf8")));
