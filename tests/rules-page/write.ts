import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "../support/command.js";
import { rulesPage } from "./page.js";

const { text, functions, oneSided } = await rulesPage();
writeFileSync(resolve(root, "docs/rules.md"), text);
process.stdout.write(`docs/rules.md: ${functions} functions, ${oneSided.length} one-sided\n`);
for (const name of oneSided) process.stdout.write(`  ${name}\n`);
