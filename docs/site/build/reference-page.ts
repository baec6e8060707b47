import { type Exported, entriesWith, type Group, linksByName } from "./reference-groups.js";
import { pageOf } from "./reference-links.js";
import { type Described, keyOf, type Model } from "./reference-model.js";
import { proseOf } from "./reference-text.js";

/** What the pages show beside what the code says. */
export interface Extras {
  readonly groups: readonly Group[];
  /** The example of each name as markdown, by page and name. */
  readonly examples: ReadonlyMap<string, string>;
  /** The lines of the table of kinks that hold for a rule: their places, counted from 1. */
  readonly kinks: ReadonlyMap<string, readonly number[]>;
}

const widest = 100;

/** A form of a function, its parameters on lines of their own where it is long. */
function formText(name: string, form: string): string {
  const line = `${name}${form}`;
  if (line.length <= widest) return line;
  const open = form.indexOf("(");
  const parts: string[] = [];
  let [depth, from] = [0, open + 1];
  for (let k = open; k < form.length; k++) {
    const [char = "", before] = [form[k], form[k - 1]];
    if ("([{<".includes(char)) depth++;
    else if (")]}".includes(char) || (char === ">" && before !== "=")) depth--;
    if ((char === "," && depth === 1) || depth === 0) {
      parts.push(form.slice(from, k).trim());
      from = k + 1;
    }
    if (depth === 0) return `${name}${form.slice(0, open)}(\n${parts.map((part) => `  ${part},`).join("\n")}\n${form.slice(k)}`;
  }
  return line;
}

/** The public names in some code, as links. */
function namesIn(code: string, self: string, links: ReadonlyMap<string, string>): string[] {
  const words = new Set([...code.matchAll(/\b[A-Z]\w+\b/g)].map(([word]) => word));
  return [...words].filter((word) => word !== self && links.has(word)).map((word) => `[\`${word}\`](${links.get(word)})`);
}

function codeOf(name: string, described: Described): string {
  if (described.text !== undefined) return described.text;
  if (described.forms.length > 0) return described.forms.map((form) => formText(name, form)).join("\n");
  return `const ${name}: ${described.declared ?? "unknown"}`;
}

const quoted = (entries: readonly string[]): string => entries.map((entry) => `\`${entry}\``).join(", ");

/** A public name: its forms, what the docstring says, an example, and where it stands in the code. */
function nameSection(group: Group, { name }: Exported, model: Model, extras: Extras, links: ReadonlyMap<string, string>): string {
  const key = keyOf(group.slug, name);
  const described = model.described.get(key);
  if (described === undefined) throw new Error(`TypeDoc does not find ${name}`);
  const prose = proseOf(described.comment);
  const code = codeOf(name, described);
  const example = extras.examples.get(key);
  const kinks = extras.kinks.get(name) ?? [];
  const types = namesIn(`${code} ${described.declared ?? ""}`, name, links);
  const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");
  const facts = [
    types.length === 0 ? undefined : `Types: ${types.join(", ")}`,
    prose.source === undefined ? undefined : `Source: ${prose.source}`,
    kinks.length === 0 ? undefined : `Kinks: ${kinks.map((line) => `[line ${line}](/reference/kinks#line-${line})`).join(", ")}`,
    `Import from: ${quoted(entriesWith(group, name))}`,
    `Code: [\`${described.file}\`](/${pageOf(described.file)}#L${described.line})`,
  ];
  const parts = [
    `## ${name} {#${name}}`,
    prose.body,
    `\`\`\`ts no-run\n${code}\n\`\`\``,
    list(prose.parameters),
    prose.returns === undefined ? "" : `Returns: ${prose.returns}`,
    prose.throws.length === 0 ? "" : list(prose.throws.map((each) => `Throws ${each}`)),
    example === undefined ? "" : `Example:\n\n${example}`,
    list(facts.filter((fact) => fact !== undefined)),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** The names of a page: values first, then types, each in alphabetical order. */
const ordered = (names: readonly Exported[]): Exported[] =>
  names.toSorted((a, b) => Number(a.type) - Number(b.type) || a.name.localeCompare(b.name, "en"));

/** A page of the reference. */
export function groupPage(group: Group, model: Model, extras: Extras): string {
  const links = linksByName(extras.groups);
  const names = ordered(group.names);
  const values = names.filter(({ type }) => !type);
  const index = (list: readonly Exported[]): string => list.map(({ name }) => `[\`${name}\`](#${name})`).join(" · ");
  const intro =
    group.text === ""
      ? "Each of these has both rules; numbers and arrays that an engine traces are taken wherever plain ones are, and give traced results."
      : group.text;
  const head = `---\neditLink: false\noutline: 2\npageClass: api\n---\n\n# ${group.title}\n\n${intro}\n\n${index(values)}`;
  const types = names.filter(({ type }) => type);
  const typeIndex = types.length === 0 || values.length === 0 ? index(types) : `Types: ${index(types)}`;
  return `${[head, typeIndex, ...names.map((each) => nameSection(group, each, model, extras, links))].filter((part) => part !== "").join("\n\n")}\n`;
}
