import { type DeclarationReflection, ReflectionKind } from "typedoc";
import { type MarkdownPageEvent, MarkdownTheme } from "typedoc-plugin-markdown";
import type { AnyFunction } from "../../../lib/core/index.js";
import * as core from "../../../lib/core/public.js";
import * as main from "../../../lib/index.js";
import { transform } from "../../../lib/transform/index.js";
import * as special from "../../../rules/special/index.js";
import { kinkTable } from "../../../tests/kinks/table.js";
import { type Published, type RuleWithExamples, ruleExamples } from "./reference-examples.js";
import { type Group, groups } from "./reference-groups.js";
import { keyOf, type Model, readModel } from "./reference-model.js";
import { type Extras, groupPage } from "./reference-page.js";
import { runExamples } from "./reference-results.js";
import { proseOf } from "./reference-text.js";
import { withoutExample, writtenExamples } from "./reference-written.js";

const isRules = (group: Group): boolean => group.module.startsWith("rules/");

/** Public names as examples are written with them. */
function publishedNames(all: readonly Group[]): Published {
  const values = Object.entries({ ...main, ...special }).filter(([, value]) => typeof value === "function");
  const entryOf = new Map<string, string>();
  const types = new Set<string>();
  for (const { entry, names, slug } of all) {
    if (slug === "run-time") continue;
    for (const { name, type } of names) {
      if (entryOf.has(name)) continue;
      entryOf.set(name, name in main || (type && entry === "cotangent/core") ? "cotangent" : entry);
      if (type) types.add(name);
    }
  }
  return { published: new Map(values.map(([name, value]) => [value, name])), names: new Set(entryOf.keys()), entryOf, types };
}

/** The rules, with what the code says of their parameters. */
function rulesOf(all: readonly Group[], model: Model): RuleWithExamples[] {
  const values: Record<string, unknown> = { ...core, ...main, ...special };
  return all.filter(isRules).flatMap(({ slug, entry, names }) =>
    names.flatMap(({ name, type }) => {
      const described = model.described.get(keyOf(slug, name));
      if (type || described === undefined) return [];
      const byAxes = described.forms.some((form) => form.startsWith("<Y extends number"));
      return [{ key: keyOf(slug, name), name, entry, f: values[name] as AnyFunction, parameters: described.parameters, byAxes }];
    }),
  );
}

/** What is missing: names without a sentence, values without an example. */
export function faultsOf(all: readonly Group[], model: Model, examples: ReadonlyMap<string, string>): string[] {
  return all.flatMap(({ slug, names }) =>
    names.flatMap(({ name, type }) => {
      const key = keyOf(slug, name);
      const described = model.described.get(key);
      if (described === undefined) return [`${key}: TypeDoc does not find it`];
      const silent = proseOf(described.comment).body === "" ? [`${key}: no sentence; write a docstring in ${described.file}`] : [];
      const shown = type || slug in withoutExample || examples.has(key);
      return shown ? silent : [...silent, `${key}: no example; write one in docs/reference/examples/${slug}.md`];
    }),
  );
}

/** A marked function, and what it is rewritten to. */
function rewritten(): string {
  const source =
    'import { differentiable } from "cotangent";\n\nexport const f = differentiable((x: number, y: number) => x ** 2 + 3 * y);';
  const { code } = transform(source, { file: "f.ts" });
  return `Example:\n\n\`\`\`ts no-run\n${source}\n\`\`\`\n\nbecomes\n\n\`\`\`ts no-run\n${code}\n\`\`\``;
}

/** The page of all names. */
function overview(all: readonly Group[]): string {
  const rows = all.map(({ slug, title, names }) => {
    const list = names.filter(({ type }) => !type).map(({ name }) => `[\`${name}\`](./${slug}.md#${name})`);
    return `## [${title}](./${slug}.md)\n\n${list.length > 0 ? list.join(" · ") : "Types only."}`;
  });
  return `---\neditLink: false\noutline: 2\n---\n\n# All names\n\nEvery name that the package exports, by page. Each has its forms, what it does, the errors it throws and an example.\n\n${rows.join("\n\n")}\n`;
}

/** A theme of typedoc-plugin-markdown that writes one page for each group, with examples and what they print. */
const themeFor = (all: readonly Group[], model: Model, extras: Extras) =>
  class extends MarkdownTheme {
    override reflectionTemplate = (page: MarkdownPageEvent<DeclarationReflection>): string => {
      if (!page.model.kindOf(ReflectionKind.Module)) return overview(all);
      const group = all.find(({ slug }) => slug === page.model.name);
      if (group === undefined) throw new Error(`no group ${page.model.name}`);
      const text = group.slug === "run-time" ? `${group.text}\n\n${rewritten()}` : group.text;
      return groupPage({ ...group, text }, model, extras);
    };
  };

/**
 * Writes the pages of the reference.
 * @returns how many names they have
 * @throws {Error} when a public name has no sentence, a value no example, or an example fails
 */
export async function writeApi(out: string): Promise<{ names: number; files: readonly string[] }> {
  const all = groups();
  const model = await readModel(all, out);
  const rules = rulesOf(all, model);
  const codes = await ruleExamples(rules, publishedNames(all));
  const ran = runExamples(codes);
  const examples = new Map([
    ...[...ran].map(([name, text]) => [rules.find((rule) => rule.name === name)?.key ?? "", text] as const),
    ...writtenExamples(),
  ]);
  const faults = faultsOf(all, model, examples);
  if (faults.length > 0) throw new Error(`the reference is not whole:\n${faults.join("\n")}`);
  const kinks = new Map<string, number[]>();
  (await kinkTable()).forEach(({ names }, k) => {
    for (const name of names) kinks.set(name, [...(kinks.get(name) ?? []), k + 1]);
  });
  const { app, project, described } = model;
  app.renderer.defineTheme("cotangent", themeFor(all, model, { groups: all, examples, kinks }));
  app.options.setValue("theme", "cotangent");
  await app.generateOutputs(project);
  return { names: described.size, files: [...new Set([...described.values()].map(({ file }) => file))] };
}
