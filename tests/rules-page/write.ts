import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "../support/command.js";
import { kinksFile, kinksPage } from "./kinks-page.js";
import { rulesPage } from "./page.js";

const { text, functions, oneSided } = await rulesPage();
writeFileSync(resolve(root, "docs/rules.md"), text);
writeFileSync(resolve(root, "docs", kinksFile), await kinksPage());
process.stdout.write(`docs/rules.md: ${functions} functions, ${oneSided.length} one-sided\n`);
for (const name of oneSided) process.stdout.write(`  ${name}\n`);
