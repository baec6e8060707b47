import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Message, messages } from "../../../tests/support/messages.js";

/** The folder that a message belongs to: lib/core, rules/linalg. */
const folderOf = (file: string): string => file.split("/").slice(0, 2).join("/").replace(/\.ts$/, "");

/** A message as code in a cell of a table. */
function codeOf(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.trim().replaceAll("|", "\\|")}${fence}`;
}

const row = ({ file, line, kind, text }: Message): string => `| ${codeOf(text ?? "")} | \`${kind}\` | ${file.split("/").at(-1)}:${line} |`;

/** Writes the page of all messages that the code throws. */
export function writeMessages(out: string): void {
  // An Error of core is for those who change the code: it tells a broken promise of one part to another.
  const all = messages().filter(({ file, kind, text }) => text !== undefined && !(kind === "Error" && file.startsWith("lib/core/")));
  const folders = [...new Set(all.map(({ file }) => folderOf(file)))];
  const parts = folders.map((folder) => {
    const rows = all.filter(({ file }) => folderOf(file) === folder).map(row);
    return `## ${folder}\n\n| message | class | code |\n|---|---|---|\n${rows.join("\n")}`;
  });
  const text = `---
editLink: false
outline: 2
pageClass: messages
---

# All messages

Every message of the library's ${all.length} errors, from the code, by folder. ‹who› and ‹name› stand for the function or argument, … for what the call gave.
[Errors](/reference/errors) explains those that people meet most.

${parts.join("\n\n")}
`;
  writeFileSync(resolve(out, "messages.md"), text);
}
