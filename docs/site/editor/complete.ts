/** Completion of the library's names: in the braces of an import those of its module, elsewhere what is imported, and what could be. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { KnownModules, KnownName } from "./names.js";

let loaded: Promise<KnownModules> | undefined;

function load(): Promise<KnownModules> {
  loaded ??= import("virtual:sandbox/names").then(({ names }) => names);
  return loaded;
}

const importPattern = /import\s+(?:type\s+)?\{([^}]*)\}\s*from\s*["']([^"']+)["'];?/g;

export async function completeNames(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const modules = await load();
  const specifier = context.matchBefore(/from\s+["'][\w/]*/);
  if (specifier !== null) {
    const from = specifier.from + (/["'][\w/]*$/.exec(specifier.text)?.index ?? 0) + 1;
    return { from, options: Object.keys(modules).map((label) => ({ label, type: "namespace" })), validFor: /^[\w/]*$/ };
  }
  const word = context.matchBefore(/[A-Za-z_$][\w$]*/);
  if (word === null && !context.explicit) return null;
  const from = word?.from ?? pos;
  if (/[.'"]$/.test(state.sliceDoc(Math.max(0, from - 1), from))) return null;
  const text = state.doc.toString();
  for (const { index, 0: whole, 1: list = "", 2: module = "" } of text.matchAll(importPattern)) {
    const open = index + whole.indexOf("{") + 1;
    if (pos < open || pos > open + list.length) continue;
    return { from, options: (modules[module] ?? []).map((name) => optionOf(name)), validFor: /^[\w$]*$/ };
  }
  const imported = importedNames(text);
  const options: Completion[] = [];
  for (const [module, names] of Object.entries(modules)) {
    if (!offered(module)) continue;
    for (const name of names)
      options.push(
        imported.has(name.name)
          ? { ...optionOf(name), boost: 2 }
          : { ...optionOf(name), detail: module, apply: importing(name.name, module) },
      );
  }
  return { from, options, validFor: /^[\w$]*$/ };
}

/** Modules whose names are offered where they are not imported yet: one for each name. */
const offered = (module: string): boolean => ["cotangent", "cotangent/special", "cotangent/testing", "page", "uvu"].includes(module);

function optionOf({ name, kind, signature, says }: KnownName): Completion {
  return {
    label: name,
    type: kind,
    info: () => {
      const box = document.createElement("div");
      const code = document.createElement("code");
      code.textContent = signature;
      box.append(code, says);
      return box;
    },
  };
}

function importedNames(text: string): Set<string> {
  const lists = [...text.matchAll(importPattern)].map(([, list = ""]) => list);
  return new Set(
    lists.flatMap((list) =>
      list.split(",").map(
        (part) =>
          part
            .trim()
            .replace(/^type\s+/, "")
            .split(/\s+as\s+/)
            .at(-1) ?? "",
      ),
    ),
  );
}

/** Puts a name in, and into the import of its module: the one that is there, or a new one above all else. */
const importing =
  (name: string, module: string) =>
  (view: EditorView, _: Completion, from: number, to: number): void => {
    view.dispatch({
      changes: [importChange(view.state, name, module), { from, to, insert: name }],
      userEvent: "input.complete",
    });
  };

function importChange(state: EditorState, name: string, module: string): { from: number; insert: string } {
  const text = state.doc.toString();
  for (const { index, 0: whole, 1: list = "", 2: source } of text.matchAll(importPattern)) {
    if (source !== module || /^import\s+type\b/.test(whole)) continue;
    const end = list.trimEnd();
    return { from: index + whole.indexOf("{") + 1 + end.length, insert: `${end === "" ? " " : end.endsWith(",") ? " " : ", "}${name}` };
  }
  return { from: 0, insert: `import { ${name} } from ${JSON.stringify(module)};\n` };
}
