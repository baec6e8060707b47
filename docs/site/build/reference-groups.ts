import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { root } from "./reference-links.js";

/** One exported name. */
export interface Exported {
  readonly name: string;
  readonly type: boolean;
  /** The section of the table of contents in which it stands: the last comment `// # Title` above it. */
  readonly section: string | undefined;
}

const item =
  /^\/\/ # (.*)$|^export \* from "([^"]+)";|^export (type )?\{([^}]*)\}|^export (?:declare )?(const|function|class|interface|type) (\w+)/gm;

/** What a module exports, in order, its `export * from` followed. */
export function exportsOf(file: string): readonly Exported[] {
  const text = readFileSync(resolve(root, file), "utf8");
  let section: string | undefined;
  return [...text.matchAll(item)].flatMap(([, title, star, typed, list, kind, name]): readonly Exported[] => {
    if (title !== undefined) section = title;
    if (star !== undefined) return exportsOf(relative(root, resolve(root, dirname(file), star.replace(/\.js$/, ".ts"))));
    if (name !== undefined) return [{ name, type: kind === "interface" || kind === "type", section }];
    const parts = (list ?? "").split(",").map((part) => part.trim());
    return parts.flatMap((part) => {
      const [, own, word] = /^(type )?(?:\w+ as )?(\w+)$/.exec(part) ?? [];
      return word === undefined ? [] : [{ name: word, type: typed !== undefined || own !== undefined, section }];
    });
  });
}

/** The entries of the package that people import, and the modules behind them. */
export const entries: Readonly<Record<string, string>> = {
  cotangent: "lib/index.ts",
  "cotangent/core": "lib/core/public.ts",
  "cotangent/special": "rules/special/index.ts",
  "cotangent/testing": "lib/testing/index.ts",
  "cotangent/transform": "lib/transform/index.ts",
  "cotangent/plain": "lib/plain/index.ts",
  "cotangent/unplugin": "lib/unplugin/index.ts",
  "cotangent/rules": "rules/index.ts",
};

/** The folders of rules/, in the order of docs/rules.md; each is an entry of the package too. */
export const ruleFolders = "elementwise special reductions shaping indexing products linalg nn distances higher-order lab".split(" ");

/** A page of the reference. */
export interface Group {
  readonly slug: string;
  readonly title: string;
  /** What the page is for, in a sentence or two of markdown. */
  readonly text: string;
  /** The entry that the names of the page are imported from, and its module. */
  readonly entry: string;
  readonly module: string;
  readonly names: readonly Exported[];
}

/** Rules that core declares, for the groups of rules and for itself. */
const core = entries["cotangent/core"] as string;
const main = entries["cotangent"] as string;

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

interface Plan {
  readonly slug: string;
  readonly title: string;
  readonly text: string;
  readonly entry: string;
  readonly module: string;
  readonly takes: (each: Exported) => boolean;
}

const named = (names: string) => {
  const list = words(names);
  return ({ name }: Exported): boolean => list.includes(name);
};
const inSection =
  (...titles: string[]) =>
  ({ section }: Exported) =>
    titles.includes(section ?? "");

/** The pages about the engines and the protocol, in the order of the contents. */
const plans: readonly Plan[] = [
  {
    slug: "operators",
    title: "Gradients and other derivatives",
    text: "The operators that differentiate a function: in reverse (`gradient`), forward (`derivative`, `pushforward`), and both at once for second derivatives (`hessian`, `hvp`). [Forward or reverse](/guide/modes) says which one to take.",
    entry: "cotangent",
    module: main,
    takes: named("gradient withGradient pullback derivative pushforward jacobian hessian hvp vhp Mode ModeOptions"),
  },
  {
    slug: "arrays",
    title: "Arrays",
    text: "How to make arrays, copy them and turn them into nested lists. They are [ndarrays](https://github.com/scijs/ndarray): `x.get(i, j)`, `x.set(i, j, v)`, `x.shape`, and views by `x.pick`, `x.lo`, `x.hi`, `x.step`, `x.transpose`. [Arrays and views](/guide/arrays) shows them at work.",
    entry: "cotangent",
    module: main,
    takes: named("array zeros ones full eye arange range Range copy similar toNested allClose treeMap Leaves NdArray ArrayView DType"),
  },
  {
    slug: "control",
    title: "Control",
    text: "What steers an engine from inside a program: reading values, stopping derivatives, watching them, saving memory, and the checked mode.",
    entry: "cotangent/core",
    module: core,
    takes: ({ name, section }) => section === "Control" || name === "primal",
  },
  {
    slug: "definers",
    title: "Definers of rules",
    text: "The functions that give a function its rule. Take the first that fits: `scalarRule` for numbers and entries, `linearRule` and `bilinearRule` for linear maps and products, `defineRule` for a pair by hand. [Writing a rule](/writing-a-rule) goes through them one by one.",
    entry: "cotangent/core",
    module: core,
    takes: inSection("Definers"),
  },
  {
    slug: "protocol",
    title: "The protocol",
    text: "How a rule is called, found and set aside. `frule` and `rrule` from `cotangent` derive the half that a rule does not have; those from `cotangent/core` do not.",
    entry: "cotangent/core",
    module: core,
    takes: inSection("The protocol, without derived rules"),
  },
  {
    slug: "tangents",
    title: "Tangents",
    text: "The values that rules take and return beside numbers, arrays and records, how they add, and how they are brought back to the kind of their primal. [The laws of tangents](/reference/laws) has the tables.",
    entry: "cotangent/core",
    module: core,
    takes: inSection("Tangents, their laws, projection"),
  },
  {
    slug: "types",
    title: "Types of values",
    text: "The types of what differentiable functions take and return, plain and while an engine traces.",
    entry: "cotangent/core",
    module: core,
    takes: inSection("Values, plain and traced"),
  },
  {
    slug: "error-classes",
    title: "Classes of errors",
    text: "The errors that the protocol throws beside JavaScript's own `TypeError` and `RangeError`. [Errors](/reference/errors) lists the messages, why they come and the cure.",
    entry: "cotangent/core",
    module: core,
    takes: inSection("Errors"),
  },
  {
    slug: "plain-typescript",
    title: "Ordinary TypeScript",
    text: "The mark for functions that are written with JavaScript's operators; [Ordinary TypeScript](/plain-typescript) says how their code is rewritten.",
    entry: "cotangent",
    module: main,
    takes: named("differentiable int"),
  },
  {
    slug: "testing",
    title: "The test kit",
    text: "The checks that a rule should pass, for any test runner. [Testing a rule](/testing-rules) shows what they find.",
    entry: "cotangent/testing",
    module: entries["cotangent/testing"] as string,
    takes: () => true,
  },
  {
    slug: "transform",
    title: "The transform",
    text: "The function behind the bundlers' plugins and the loader: source text in, rewritten source text out.",
    entry: "cotangent/transform",
    module: entries["cotangent/transform"] as string,
    takes: () => true,
  },
  {
    slug: "bundlers",
    title: "Plugins for bundlers",
    text: 'One plugin, in the form that each bundler takes. Without a bundler, start Node with `node --import cotangent/register app.ts`: that entry exports nothing; it has Node rewrite marked functions and leave types out while it loads a program. `import "cotangent/rules/math"` exports nothing either: it keeps the rules keyed by `Math.sin` and its like where a bundler would drop them.',
    entry: "cotangent/unplugin",
    module: entries["cotangent/unplugin"] as string,
    takes: () => true,
  },
  {
    slug: "run-time",
    title: "What rewritten code calls",
    text: "You never write these names: `cotangent/transform` puts them in place of operators, and rewritten code imports them from `cotangent/plain` when it runs. They are here for those who read rewritten code.",
    entry: "cotangent/plain",
    module: entries["cotangent/plain"] as string,
    takes: () => true,
  },
];

/** A title as the name of a page. */
const slugOf = (title: string): string =>
  title
    .replace(/, from .*$/, "")
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, "-");

/** The pages of the rules: one for each section of the tables of contents. */
function ruleGroups(): Group[] {
  return ruleFolders.flatMap((folder) => {
    const module = `rules/${folder}/index.ts`;
    const all = exportsOf(module);
    const titles = [...new Set(all.map(({ section }) => section ?? ""))];
    return titles.map((title) => ({
      slug: slugOf(title),
      title: title.replace(/, from .*$/, ""),
      text: "",
      entry: folder === "special" ? "cotangent/special" : "cotangent",
      module,
      names: all.filter(({ section }) => section === title),
    }));
  });
}

/** A name that no page has taken: those of other entries stand for themselves, since they share names with rules. */
const isShared = (entry: string): boolean => entry === "cotangent" || entry === "cotangent/core" || entry === "cotangent/special";

/**
 * All pages of the reference. Each name stands on one page.
 * @throws {Error} when a name of the package stands on none
 */
export function groups(): readonly Group[] {
  const taken = new Set<string>();
  const take = (group: Group): Group => {
    if (!isShared(group.entry)) return group;
    const names = group.names.filter(({ name }) => !taken.has(name));
    for (const { name } of names) taken.add(name);
    return { ...group, names };
  };
  const rules = ruleGroups().map(take);
  const others = plans.map((plan) => take({ ...plan, names: exportsOf(plan.module).filter(plan.takes) }));
  const left = [main, core, entries["cotangent/special"] as string, entries["cotangent/rules"] as string]
    .flatMap(exportsOf)
    .filter(({ name }) => !taken.has(name));
  if (left.length > 0) throw new Error(`no page of the reference has ${left.map(({ name }) => name).join(", ")}`);
  return [...others, ...rules];
}

/** The entries that export a name which a page takes from one of them. */
export function entriesWith(group: Group, name: string): readonly string[] {
  if (!isShared(group.entry)) return [group.entry];
  const shared = Object.entries(entries).filter(([entry]) => isShared(entry) || entry === "cotangent/rules");
  const folder = /^rules\/(\w[\w-]*)\/index\.ts$/.exec(group.module)?.[1];
  const own = folder === undefined || folder === "special" ? [] : [`cotangent/rules/${folder}`];
  return [...shared.filter(([, module]) => exportsOf(module).some((each) => each.name === name)).map(([entry]) => entry), ...own];
}

/** Where the names of the package stand: pages and anchors. */
export function linksByName(groups: readonly Group[]): Map<string, string> {
  const links = new Map<string, string>();
  for (const { slug, names } of groups) {
    if (slug === "run-time") continue;
    for (const { name } of names) if (!links.has(name)) links.set(name, `/reference/api/${slug}#${name}`);
  }
  return links;
}
