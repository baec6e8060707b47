// Writes what the site has beside its pages: docs/source/, the files that pages link to. Run before vitepress.
import { writeSourcePages } from "./reference-sources.js";

const files = writeSourcePages();
process.stdout.write(`docs/source: ${files.length} files\n`);
