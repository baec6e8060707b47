import type { Variable } from "./bindings.js";
import type { File } from "./file.js";
import { mark } from "./functions.js";
import { isNumber, type Kind, moves } from "./kinds.js";
import type { Movement } from "./movement.js";
import { bare, directivesOf, type Node, walk } from "./tree.js";

/** How a marked function tells whether all that reaches it is plain. */
export interface Dispatch {
  /** The test, in JavaScript; empty where nothing can move. */
  readonly still: string;
  /** The arguments of the same call; undefined where the parameters are more than names. */
  readonly args: string | undefined;
  /** Whether names from around it are looked at. */
  readonly captures: boolean;
}

/** The names of run-time functions, and the name for all arguments. */
export interface DispatchNames {
  use(name: string): string;
  readonly all: string;
}

/**
 * The test at the beginning of a marked function.
 * @param movement what of it moves, where names from around it are to be looked at too
 */
export function dispatchOf(fn: Node, file: File, names: DispatchNames, movement: Movement | undefined): Dispatch {
  const simple = fn.params.every((param) => isSimple(param));
  const tests = simple ? fn.params.map((param) => testOf(param, file, names)) : testsOfAll(fn, file, names);
  const captured = movement === undefined ? [] : capturedTests(fn, file, names, movement);
  tests.push(...captured);
  return {
    still: tests.filter((test) => test !== "").join(" && "),
    args: simple ? fn.params.map((param) => (param.type === "RestElement" ? `...${nameOf(param)}` : nameOf(param))).join(", ") : undefined,
    captures: captured.length > 0,
  };
}

/** Tests of parameters that are taken apart: of each argument where all are declared, else of their list. */
function testsOfAll({ params }: Node, file: File, names: DispatchNames): string[] {
  const kinds = params.map((param) => (param.type === "RestElement" ? undefined : file.types.annotated(param)));
  if (!kinds.every((kind) => kind !== undefined)) return [`${names.use("areStill")}(${names.all})`];
  return kinds.map((kind, k) => stillnessOf(`${names.all}[${k}]`, kind, names));
}

/** Whether a parameter is a name, with at most a literal as its default. */
function isSimple(param: Node): boolean {
  if (param.type === "Identifier") return param.name !== "this";
  if (param.type === "RestElement") return param.argument.type === "Identifier";
  if (param.type !== "AssignmentPattern" || param.left.type !== "Identifier") return false;
  const value = bare(param.right);
  return value.type === "Literal" || (value.type === "UnaryExpression" && value.argument.type === "Literal");
}

const nameOf = (param: Node): string =>
  param.type === "Identifier" ? param.name : (param.type === "RestElement" ? param.argument : param.left).name;

function testOf(param: Node, file: File, names: DispatchNames): string {
  const name = nameOf(param);
  if (param.type === "RestElement") return `${names.use("areStill")}(${name})`;
  const said = file.types.annotated(param.type === "AssignmentPattern" ? param.left : param);
  if (said === undefined) return `${names.use("isStill")}(${name})`;
  if (isNumber(said) && param.optional) return `(${name} === undefined || typeof ${name} === "number")`;
  return stillnessOf(name, said, names);
}

/** The test whether a value of a kind is plain. What is declared is looked at first; where it is not there, all of the value is. */
function stillnessOf(value: string, kind: Kind, names: DispatchNames): string {
  if (isNumber(kind)) return `typeof ${value} === "number"`;
  if (isListOfNumbers(kind)) return `${names.use("isStillList")}(${value})`;
  if (kind.is !== "record" || !isSmall(kind)) return `${names.use("isStill")}(${value})`;
  const parts = [...kind.fields].map(([name, field]) => fieldTest(`${value}?.${name}`, field, names));
  return `(${parts.join(" && ")} || ${names.use("isStill")}(${value}))`;
}

function fieldTest(value: string, kind: Kind, names: DispatchNames): string {
  if (kind.is === "record") return [...kind.fields].map(([name, field]) => fieldTest(`${value}?.${name}`, field, names)).join(" && ");
  return stillnessOf(value, kind, names);
}

const isListOfNumbers = (kind: Kind): boolean => kind.is === "list" && (isNumber(kind.of) || isListOfNumbers(kind.of));

/** Whether a record has few fields, all of them numbers, lists of numbers and such records: then its test is written out. */
function isSmall(kind: Kind): boolean {
  const leaves = (part: Kind): number => {
    if (isNumber(part) || isListOfNumbers(part)) return 1;
    if (part.is !== "record") return Number.POSITIVE_INFINITY;
    return [...part.fields].reduce(
      (sum, [name, field]) => sum + (/^[A-Za-z_$][\w$]*$/.test(name) ? leaves(field) : Number.POSITIVE_INFINITY),
      0,
    );
  };
  const count = leaves(kind);
  return count > 0 && count <= mostLeaves;
}

const mostLeaves = 8;

/** Tests of the names from around a function that may hold what moves. */
function capturedTests(fn: Node, file: File, names: DispatchNames, movement: Movement): string[] {
  const tests = new Map<string, string>();
  const open: Node[] = [fn];
  const seen = new Set<Node>();
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    walk(at, (node) => {
      if (node.type !== "Identifier") return;
      const variable = file.bindings.variableOf(node);
      if (variable === undefined || file.bindings.declaredIn(variable, fn) || variable.defs.length === 0) return;
      const inner = file.bindings.functionOf(variable);
      // A function from around it brings along what is around that one.
      if (inner !== undefined && !file.bindings.isTop(variable)) open.push(inner);
      if ([...seen].some((each) => each !== fn && file.bindings.declaredIn(variable, each))) return;
      const kind = movement.kindOfVariable(variable);
      if (!moves(kind)) return;
      tests.set(variable.name, kind.is === "number" ? `typeof ${variable.name} === "number"` : `${names.use("isStill")}(${variable.name})`);
    });
  }
  // At the beginning of the function its own names stand for themselves.
  const own = new Set<string>();
  walk(fn, (node) => {
    const variable = node.type === "Identifier" ? file.bindings.variableOf(node) : undefined;
    if ((variable?.scope.block as unknown) === fn) own.add((variable as Variable).name);
  });
  return [...tests].flatMap(([name, test]) => (own.has(name) ? [] : [test]));
}

/** Where the body of a function begins, behind its directives. */
export function beginningOf(fn: Node): number {
  return directivesOf(fn).at(-1)?.end ?? fn.body.start + 1;
}

/** The directive of a marked function. */
export const markOf = (fn: Node): Node | undefined => directivesOf(fn).find(({ directive }) => directive === mark);

/** What `length` of a function says: the parameters before the first that has a default, or gathers the rest. */
export function lengthOf({ params }: Node): number {
  const k = params.findIndex(({ type }) => type === "AssignmentPattern" || type === "RestElement");
  return k < 0 ? params.length : k;
}
