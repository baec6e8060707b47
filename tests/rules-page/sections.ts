import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "../support/command.js";

/** A part of a group's table of contents. */
export interface Section {
  readonly title: string;
  /** The functions it names, in alphabetical order. */
  readonly names: readonly string[];
  /** All that the group exports. */
  readonly group: Readonly<Record<string, unknown>>;
}

/** The folders of rules/ that have a table of contents. */
export function groupsOfRules(): string[] {
  const folders = readdirSync(resolve(root, "rules"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).filter((name) => name !== "support");
}

/** The sections of a table of contents: each begins with a comment `// # Title`. */
function sectionsIn(text: string): { title: string; names: string[] }[] {
  const [head = "", ...parts] = text.split(/^\/\/ # /m);
  if (head.includes("export")) throw new Error("a table of contents begins with a title");
  return parts.map((part) => {
    const [title = "", ...rest] = part.split("\n");
    const lists = [...rest.join("\n").matchAll(/^export \{([^}]*)\}/gm)].map(([, list = ""]) => list);
    const names = lists.flatMap((list) => list.split(",").map((name) => name.trim()));
    return { title, names: names.filter((name) => /^\w+$/.test(name)).sort() };
  });
}

/** What the tables of contents of the groups name, in this order; a name counts where it stands first. */
export async function sectionsOf(groups: readonly string[]): Promise<Section[]> {
  const sections: Section[] = [];
  const named = new Set<string>();
  for (const name of groups) {
    const text = readFileSync(resolve(root, "rules", name, "index.ts"), "utf8");
    const group = (await import(`../../rules/${name}/index.js`)) as Record<string, unknown>;
    for (const { title, names } of sectionsIn(text)) {
      sections.push({ title, names: names.filter((each) => !named.has(each)), group });
      for (const each of names) named.add(each);
    }
  }
  return sections;
}
