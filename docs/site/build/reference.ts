// Writes what the site has beside its pages: docs/reference/api/, the names by their docstrings, and docs/source/, the files that pages link to.
// Run before vitepress.
import { resolve } from "node:path";
import { writeApi } from "./reference-api.js";
import { root } from "./reference-links.js";
import { writeMessages } from "./reference-messages.js";
import { writeSourcePages } from "./reference-sources.js";

const out = resolve(root, "docs/reference/api");
const { names, files } = await writeApi(out);
writeMessages(out);
const sources = writeSourcePages(files);
process.stdout.write(`docs/reference/api: ${names} names; docs/source: ${sources.length} files\n`);
