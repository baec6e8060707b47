import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type AnyFunction, type Rule, ruleOf } from "../../lib/core/index.js";
import { isNdArray, type NdArray } from "../../lib/nd/index.js";
import * as rules from "../../rules/index.js";
import * as special from "../../rules/special/index.js";
import type { Kink } from "../kinks/cases.js";
import { kinkTable } from "../kinks/table.js";
import { allExamples } from "../support/all-examples.js";
import { root } from "../support/command.js";
import type { Example } from "../support/examples.js";
import { docstrings } from "./docstrings.js";
import { kinksFile } from "./kinks-page.js";
import { groupsOfRules, sectionsOf } from "./sections.js";

/** The groups of rules/, in the order of the page. */
const order = "elementwise special reductions shaping indexing products linalg nn distances higher-order lab".split(" ");

/** The page, and what it counts. */
export interface RulesPage {
  readonly text: string;
  readonly functions: number;
  /** Names of differentiable functions with one half only, the other one derived. */
  readonly oneSided: readonly string[];
}

function kindOf(arg: unknown): string | undefined {
  if (typeof arg === "number") return "number";
  if (typeof arg === "function") return "function";
  if (isNdArray(arg)) {
    const { dtype, dimension } = arg as NdArray;
    if (dtype.startsWith("int") || dtype.startsWith("uint")) return undefined;
    return dimension === 0 ? "0-d array" : "array";
  }
  if (Array.isArray(arg)) return arg.some((part) => isNdArray(part)) ? "list of arrays" : undefined;
  return undefined;
}

/** The kinds of arguments in the examples, as (number, array). */
function domains(examples: readonly Example[], fits: (k: number) => boolean): string {
  const seen = new Set<string>();
  for (const { args } of examples) {
    const kinds = args.map((arg, k) => (fits(k) ? kindOf(arg) : undefined)).filter((kind) => kind !== undefined && kind !== "0-d array");
    if (kinds.length > 0) seen.add(kinds.join(", "));
  }
  return [...seen].slice(0, 3).join("; ");
}

/** The names that are checked to the third order. */
function thirdOrder(): Set<string> {
  const cases = JSON.parse(readFileSync(resolve(root, "tests/references/scalars.json"), "utf8")) as Record<string, unknown>;
  return new Set(Object.keys(cases));
}

const half = (rule: Rule, which: "frule" | "rrule"): string => (rule.derived.includes(which) ? "derived" : "yes");

/** The lines of the table of kinks in which a function stands, as links to it. */
function kinksOf(kinks: readonly Kink[], name: string): string {
  const lines = kinks.flatMap(({ names }, k) => (names.includes(name) ? [k + 1] : []));
  return lines.map((line) => `[${line}](${kinksFile}#line-${line})`).join(", ");
}

/** What the functions of a group are taken from: each source once, with the functions that name it. */
function sourceList(sources: ReadonlyMap<string, readonly string[]>): string[] {
  if (sources.size === 0) return [];
  const items = [...sources].map(([source, names]) => `- ${names.map((name) => `\`${name}\``).join(", ")}: ${source}`);
  return ["", "Sources:", "", ...items];
}

/** docs/rules.md. */
export async function rulesPage(): Promise<RulesPage> {
  const [texts, examples, kinks, third] = [docstrings(), await allExamples(), await kinkTable(), thirdOrder()];
  const exported = new Map<string, unknown>([...Object.entries(rules), ...Object.entries(special)]);
  const missing = groupsOfRules().filter((name) => !order.includes(name));
  if (missing.length > 0) throw new Error(`the page has no place for the groups ${missing.join(", ")}`);
  const sections: string[] = [];
  const oneSided: string[] = [];
  let functions = 0;
  for (const { title, names, group } of await sectionsOf(order)) {
    const rows: string[] = [];
    const fixed: string[] = [];
    const sources = new Map<string, string[]>();
    for (const name of names) {
      if (!exported.has(name)) continue;
      const rule = typeof group[name] === "function" ? ruleOf(group[name] as AnyFunction) : undefined;
      if (rule === undefined) continue;
      const doc = texts.get(name);
      const shown = doc === undefined ? `\`${name}\`` : `[\`${name}\`](../${doc.file})`;
      if (rule.definer === "nonDifferentiable") {
        fixed.push(shown);
        continue;
      }
      functions++;
      if (rule.derived.length > 0) oneSided.push(name);
      const list = examples.get(name) ?? [];
      const order = third.has(name) ? 3 : Math.max(1, ...list.map(({ kit }) => kit?.order ?? 2));
      if (doc?.source !== undefined) sources.set(doc.source, [...(sources.get(doc.source) ?? []), name]);
      const cells = [
        shown,
        doc?.summary ?? "",
        domains(list, () => true),
        half(rule, "frule"),
        half(rule, "rrule"),
        rule.definer,
        order,
        kinksOf(kinks, name),
      ];
      rows.push(`| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`);
    }
    if (rows.length === 0 && fixed.length === 0) continue;
    const head = ["| name | is | domain | frule | rrule | defined by | order | kinks |", "|---|---|---|---|---|---|---|---|"];
    const table = rows.length === 0 ? [] : [...head, ...rows, ...sourceList(sources)];
    const rest = fixed.length === 0 ? [] : ["", `Not differentiable, by declaration: ${fixed.join(", ")}.`];
    sections.push([`## ${title}`, "", ...table, ...rest].join("\n").replace("\n\n\n", "\n\n"));
  }
  const text = `# Rules

This page lists every differentiable function by group: what it is, which arguments it takes, what is tested of it, and which conventions
hold at its kinks. It is generated from the code by \`npm run docs:rules\`: ${functions} functions; one-sided ones, with a half that is derived from the other: ${oneSided.length}.

<RulesTable />

- **domain**: the kinds of arguments in the examples beside the rules, on which the test kit runs every rule; static arguments and options
  left out.
- **frule**, **rrule**: \`yes\` where the half is written, or follows from one description of both; \`derived\` where it is made of the other one.
- **defined by**: the definer; \`scalarRule\`, \`linearRule\` and \`bilinearRule\` make both halves from one description.
- **order**: the highest order of derivatives that the tests check, in all pairs of modes.
- **kinks**: the lines of the page of [kinks, ties and edges](${kinksFile}) that hold for the function.

${sections.join("\n\n")}

## Kinks, ties and edges

What the derivative is where there is none, or more than one, is on [a page of its own](${kinksFile}).
`;
  return { text, functions, oneSided };
}
