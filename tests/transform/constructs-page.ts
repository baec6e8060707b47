import { transform } from "../../lib/transform/index.js";
import { type Construct, constructs, programOf } from "./constructs/index.js";

/** The longest text that stands in a column of its own. */
const longest = 100;

const cell = (code: string): string => `\`${code.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("`", "ˋ")}\``;

/** The rewritten form of a row, the names of the run time without their prefix. */
function rewrittenForm(construct: Construct): string {
  const { code } = transform(programOf(construct), { file: "page.ts" });
  const start = code.indexOf("$c_dual(", code.lastIndexOf("export const program")) + "$c_dual(".length;
  return code
    .slice(start, code.indexOf(", ($c_self) =>", start))
    .replaceAll("$c_", "")
    .replaceAll(/"page\.ts:\d+:\d+"/g, '"…"');
}

function row(construct: Construct): string {
  const { name, code, note } = construct;
  const becomes = rewrittenForm(construct);
  const shown = becomes.length <= longest ? cell(becomes) : "";
  return `| ${name.replaceAll("|", "\\|")}${note === undefined ? "" : ` — ${note.replaceAll("|", "\\|")}`} | ${cell(code)} | ${shown} |`;
}

/** The table of constructs, as the page docs/plain-typescript.md has it. */
export function constructsTable(): string {
  const groups = [...new Set(constructs.map(({ group }) => group))];
  return groups
    .map((group) => {
      const rows = constructs.filter((construct) => construct.group === group).map(row);
      return `### ${group}\n\n| construct | you write | it becomes |\n|---|---|---|\n${rows.join("\n")}\n`;
    })
    .join("\n");
}

/** The lines of the page between which the table stands. */
const opening = "<!-- constructs -->";
const closing = "<!-- /constructs -->";

/** The page with the table as it is now. */
export function withTable(page: string): string {
  const [start, end] = [page.indexOf(opening), page.indexOf(closing)];
  if (start < 0 || end < start) throw new Error(`the page has no lines ${opening} and ${closing}`);
  return `${page.slice(0, start + opening.length)}\n\n${constructsTable()}\n${page.slice(end)}`;
}
