import { type AnyFunction, ruleOf } from "../../../lib/core/index.js";
import { pullback } from "../../../lib/index.js";
import { isNdArray, type NdArray } from "../../../lib/nd/index.js";
import { exampleFiles } from "../../../tests/support/all-examples.js";
import type { Call } from "../../../tests/support/calls.js";
import type { Example } from "../../../tests/support/examples.js";
import { literal, NoLiteral, type Scope } from "./reference-literals.js";
import type { Parameter } from "./reference-model.js";

/** A rule, as the examples need it. */
export interface RuleWithExamples {
  /** Its page and name. */
  readonly key: string;
  readonly name: string;
  readonly entry: string;
  readonly f: AnyFunction;
  readonly parameters: readonly Parameter[];
  /** Whether the caller says by a type argument what the result is. */
  readonly byAxes: boolean;
}

/** What all examples are written with. */
export type Published = Pick<Scope, "published" | "names"> & {
  /** The entry that each name is imported from. */
  readonly entryOf: ReadonlyMap<string, string>;
  /** The names that are types. */
  readonly types: ReadonlySet<string>;
};

const isFloats = (arg: unknown): boolean => isNdArray(arg) && !/^u?int/.test((arg as NdArray).dtype);
const isFloatsList = (arg: unknown): boolean => Array.isArray(arg) && arg.length > 0 && arg.every(isFloats);
const moves = (arg: unknown): boolean => typeof arg === "number" || isFloats(arg) || isFloatsList(arg);

/** Words of the examples themselves. */
const reserved = new Set(["array", "gradient", "pullback", "sum", "toNested", "value", "back", "__0"]);

const letters = ["x", "y", "z", "u", "v", "w"];

/** How a result is printed. */
function printed(text: string, y: unknown, scope: Scope): string {
  if (isNdArray(y)) {
    scope.imports.add("toNested");
    return `console.log(toNested(${text}));`;
  }
  if (!holdsArray(y)) return `console.log(${text});`;
  if (Array.isArray(y) && y.every((part) => isNdArray(part))) {
    scope.imports.add("toNested");
    return `console.log(${text}.map((part) => toNested(part)));`;
  }
  throw new NoLiteral("a structure with arrays");
}

const holdsArray = (y: unknown): boolean => isNdArray(y) || (typeof y === "object" && y !== null && Object.values(y).some(holdsArray));

/** The numbers among the arguments that a rule differentiates by: an axis or a count stands still. */
function movingPlaces(rule: RuleWithExamples, args: readonly unknown[]): readonly number[] {
  const known = ruleOf(rule.f);
  if (known === undefined || known.definer === "nonDifferentiable") return [];
  const mayMove = (k: number): boolean => k >= rule.parameters.length || rule.parameters[k]?.moves === true;
  const places = args.flatMap((arg, k) => (moves(arg) && mayMove(k) ? [k] : []));
  const arrays = places.filter((k) => typeof args[k] !== "number");
  const choices = known.definer === "scalarRule" || arrays.length === 0 ? [places, places.slice(0, 1)] : [arrays, arrays.slice(0, 1)];
  return choices.find((choice) => choice.length > 0 && differentiates(rule.f, args, choice)) ?? [];
}

/** Whether a function differentiates by the arguments at some places; it refuses those that stand still. */
function differentiates(f: AnyFunction, args: readonly unknown[], places: readonly number[]): boolean {
  const moved = (...values: unknown[]): unknown => f(...args.map((arg, k) => (places.includes(k) ? values[places.indexOf(k)] : arg)));
  try {
    pullback(moved, ...places.map((k) => args[k]));
    return true;
  } catch {
    return false;
  }
}

/** The statements that show a rule at some arguments, and its derivative. */
function statementsFor(rule: RuleWithExamples, args: readonly unknown[], scope: Scope): string[] {
  const { name, f, parameters } = rule;
  const moving = movingPlaces(rule, args);
  const names = parameters.map((parameter) => parameter.name);
  const known = names.length >= args.length && names.every((each) => each !== name && !reserved.has(each));
  const word = (k: number): string => (known ? names : letters)[k] ?? `x${k}`;
  const lines: string[] = [];
  const texts = args.map((arg, k) => {
    const text = literal(arg, scope);
    if (!moving.includes(k) && text.length <= 60) return text;
    if (typeof arg === "number") return text;
    lines.push(`const ${word(k)} = ${text};`);
    return word(k);
  });
  const y = f(...args);
  scope.imports.add(name);
  const typed = rule.byAxes ? (isNdArray(y) ? "<NdArray>" : "<number>") : "";
  if (typed === "<NdArray>") scope.imports.add("NdArray");
  const call = (words: readonly string[], type = ""): string => `${name}${type}(${words.join(", ")})`;
  lines.push(printed(call(texts, typed), y, scope));
  if (moving.length === 0) return lines;
  const inside = args.map((_, k) => (moving.includes(k) ? word(k) : (texts[k] as string)));
  const list = moving.map(word).join(", ");
  const given = moving.map((k) => texts[k] as string).join(", ");
  const arrays = moving.every((k) => isNdArray(args[k]));
  const lists = moving.every((k) => isFloatsList(args[k]));
  if (!arrays && !lists && !moving.every((k) => typeof args[k] === "number")) throw new NoLiteral("a structure moves");
  if (arrays || lists) scope.imports.add("toNested");
  const shown = (slopes: string, what: string): string => {
    if (moving.length > 1) return arrays ? `${slopes}.map((${what}) => toNested(${what}))` : slopes;
    if (lists) return `${slopes}[0].map((${what}) => toNested(${what}))`;
    return arrays ? `toNested(${slopes}[0])` : `${slopes}[0]`;
  };
  if (typeof y === "number" || isNdArray(y)) {
    scope.imports.add("gradient");
    if (typeof y !== "number") scope.imports.add("sum");
    const inner = typeof y === "number" ? call(inside, typed) : `sum(${call(inside, typed)})`;
    return [...lines, `console.log(${shown(`gradient((${list}) => ${inner}, ${given})`, "slope")});`];
  }
  if (lists) throw new NoLiteral("a list moves");
  scope.imports.add("pullback");
  const back = moving.length > 1 ? "back(value).map((xbar) => toNested(xbar as NdArray))" : "toNested(back(value)[0])";
  if (moving.length > 1) scope.imports.add("NdArray");
  if (!arrays) throw new NoLiteral("numbers give a structure");
  return [
    ...lines,
    `const [value, back] = pullback((${list}) => ${call(inside)}, ${given});`,
    `console.log(${back}); // The cotangents of the arguments for ȳ = y:`,
  ];
}

const importLines = (words: ReadonlySet<string>, { entryOf, types }: Published): string[] => {
  const byEntry = new Map<string, string[]>();
  for (const word of [...words].sort((a, b) => a.localeCompare(b, "en"))) {
    const entry = entryOf.get(word);
    if (entry === undefined) throw new NoLiteral(`the name ${word}`);
    byEntry.set(entry, [...(byEntry.get(entry) ?? []), types.has(word) ? `type ${word}` : word]);
  }
  return [...byEntry].map(([entry, list]) => `import { ${list.join(", ")} } from "${entry}";`);
};

/** The longest code that is shown for one set of arguments. */
const longest = 700;

/** Statements for the first arguments among some that can be told shortly. */
function told(rule: RuleWithExamples, list: readonly (readonly unknown[])[], scope: Scope): readonly string[] {
  for (const args of list) {
    const own: Scope = { ...scope, imports: new Set() };
    try {
      const lines = statementsFor(rule, args, own);
      if (lines.join("\n").length > longest) continue;
      for (const word of own.imports) scope.imports.add(word);
      return lines;
    } catch (error) {
      if (!(error instanceof NoLiteral)) throw error;
    }
  }
  return [];
}

const usual = (examples: readonly Example[]): readonly (readonly unknown[])[] => {
  const plain = examples.filter(({ note }) => note === undefined || !/view|single|precision|no entries|tie/.test(note));
  return [...plain, ...examples].map(({ args }) => args);
};

/** The code that shows each rule, from the examples beside its tests: at numbers first, where it takes them, then at arrays. */
export async function ruleExamples(rules: readonly RuleWithExamples[], common: Published): Promise<Map<string, string>> {
  const files = await exampleFiles();
  const found = new Map<string, string>();
  for (const rule of rules) {
    const file = files.find(({ examples, calls }) => rule.name in examples || rule.name in calls);
    if (file === undefined) continue;
    const call = file.calls[rule.name] as Call | undefined;
    const lists: (readonly unknown[])[] = [...usual(file.examples[rule.name] ?? []), ...(call === undefined ? [] : [call.slice(1)])];
    const isOfNumbers = (args: readonly unknown[]): boolean => args.every((arg) => typeof arg === "number");
    const ofNumbers = lists.filter(isOfNumbers);
    const others = lists.filter((args) => !isOfNumbers(args));
    const scope: Scope = { ...common, file: file.path, imports: new Set() };
    const parts = [ofNumbers, others].map((list) => told(rule, list, scope)).filter((lines) => lines.length > 0);
    if (parts.length === 0) continue;
    const imports = importLines(scope.imports, common);
    found.set(rule.name, [imports, ...parts].map((lines) => lines.join("\n")).join("\n\n"));
  }
  return found;
}
