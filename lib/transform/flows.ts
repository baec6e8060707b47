import type { File } from "./file.js";
import { either, elementOf, type Kind, listOf, moves, none, still, stillNumber, unknown } from "./kinds.js";
import { kindOf } from "./kinds-of.js";
import type { Known } from "./known.js";
import { answeringMethods, callingMethods, listMethods, viewMethods, writingGlobals } from "./names.js";
import { bare, isFunction, type Node, propertyName, walk } from "./tree.js";
import { functionWrites, mayWrite } from "./writes.js";

/** A value that goes into a pattern. */
export interface Flow {
  readonly into: Node;
  readonly kind: () => Kind;
  readonly from?: Node | undefined;
}

/** All values that go into names, entries and results, anywhere in a function. */
export const flowsOf = (root: Node, known: Known): Flow[] => new Collector(root, known).collect();

class Collector {
  private readonly file: File;
  private readonly root: Node;
  private readonly known: Known;
  private readonly flows: Flow[] = [];

  constructor(root: Node, known: Known) {
    this.file = known.file;
    this.root = root;
    this.known = known;
  }

  private kindOf(node: Node): Kind {
    return kindOf(node, this.known);
  }

  collect(): Flow[] {
    walk(this.root, (node, parent) => {
      if (isFunction(node)) this.collectParameters(node);
      switch (node.type) {
        case "VariableDeclarator":
          if (node.init !== null) this.flow(node.id as Node, node.init);
          else if (parent !== undefined) this.collectTurn(node, parent);
          break;
        case "AssignmentExpression":
          if (node.operator === "=") this.flow(node.left, node.right);
          else this.flows.push({ into: bare(node.left), kind: () => this.kindOf(node) });
          break;
        case "UpdateExpression":
          this.flows.push({ into: bare(node.argument), kind: () => either(this.kindOf(node.argument), stillNumber) });
          break;
        case "ForOfStatement":
        case "ForInStatement":
          if (node.left.type !== "VariableDeclaration") this.turn(node.left, node);
          break;
        case "CatchClause":
          if ((node as unknown as { param: Node | null }).param)
            this.flows.push({ into: (node as unknown as { param: Node }).param, kind: () => unknown });
          break;
        case "ReturnStatement":
          this.collectReturn(node);
          break;
        case "CallExpression":
          this.collectCall(node);
          break;
      }
    });
    return this.flows;
  }

  private flow(into: Node, from: Node): void {
    this.flows.push({ into, kind: () => this.kindOf(from), from });
  }

  /** `for (const x of list)`: the declarator of a loop has no value of its own. */
  private collectTurn(declarator: Node, declaration: Node): void {
    const loop = this.file.bindings.parentOf(declaration);
    if (loop !== undefined && /^For(?:Of|In)Statement$/.test(loop.type) && loop.left === declaration)
      this.turn(declarator.id as Node, loop);
    else this.flows.push({ into: declarator.id as Node, kind: () => none });
  }

  private turn(into: Node, loop: Node): void {
    if (loop.type === "ForInStatement") this.flows.push({ into, kind: () => still });
    else this.flows.push({ into, kind: () => elementOf(this.kindOf(loop.right)), from: loop.right });
  }

  private collectReturn(node: Node): void {
    const fn = this.file.bindings.functionAround(node);
    const value = node.argument as Node | null;
    if (fn === undefined || value === null) return;
    this.flows.push({
      into: fn,
      kind: () => this.kindOf(value),
    });
  }

  private collectParameters(fn: Node): void {
    const given = fn === this.root ? undefined : this.givenByList(fn);
    fn.params.forEach((param, k) => {
      const rest = param.type === "RestElement";
      const kind = (): Kind => given?.[k]?.() ?? unknown;
      this.flows.push({
        into: rest ? param.argument : param,
        kind: rest ? () => this.file.types.annotated(param) ?? listOf(unknown) : kind,
        from: given?.[k] ? this.receiverOf(fn) : undefined,
      });
    });
  }

  private receiverOf(fn: Node): Node | undefined {
    const call = this.file.bindings.parentOf(fn);
    return call?.type === "CallExpression" && call.callee.type === "MemberExpression" ? call.callee.object : undefined;
  }

  /** What a list hands to a function written into a call of its method. */
  private givenByList(fn: Node): (() => Kind)[] | undefined {
    const call = this.file.bindings.parentOf(fn);
    if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression" || call.arguments[0] !== fn) return undefined;
    const method = propertyName(call.callee);
    if (method === undefined || !callingMethods.has(method)) return undefined;
    const list = call.callee.object;
    const element = (): Kind => elementOf(this.kindOf(list));
    const whole = (): Kind => this.kindOf(list);
    if (method.startsWith("reduce")) {
      const first = call.arguments[1];
      const carry = (): Kind => either(first === undefined ? element() : this.kindOf(first), this.known.resultOf(fn));
      return [carry, element, () => stillNumber, whole];
    }
    return method.endsWith("ort") || method === "toSorted" ? [element, element] : [element, () => stillNumber, whole];
  }

  /** Calls that put values into lists and arrays. */
  private collectCall(call: Node): void {
    const callee = bare(call.callee);
    const { bindings } = this.file;
    const put = (into: Node, values: readonly Node[]): void => {
      for (const value of values) this.flows.push({ into, kind: () => this.partKind(value), from: value });
    };
    const method = callee.type === "MemberExpression" ? propertyName(callee) : undefined;
    if (method !== undefined && /^(?:push|unshift|fill|set|add|splice|with)$/.test(method)) put(entryOf(callee.object), call.arguments);
    const global = bindings.globalName(callee);
    if (global !== undefined && writingGlobals.has(global))
      this.mayBeWritten(call.arguments.slice(0, 1), () => call.arguments.slice(1).some((arg) => moves(this.kindOf(arg))));
    if (bindings.ourName(callee) !== undefined || global !== undefined) return;
    if (callee.type === "MemberExpression") {
      this.collectMethod(call, callee, method);
      return;
    }
    const fn = bindings.calledFunction(callee);
    if (fn !== undefined && this.known.isInside(fn)) this.link(fn, call.arguments);
    else if (fn === undefined || mayWrite(fn, bindings)) this.mayBeWritten(call.arguments, () => true);
  }

  /** What a function of this one is given may be written to where its parameter is. */
  private link(fn: Node, args: readonly Node[]): void {
    fn.params.forEach((param, k) => {
      const into = param.type === "RestElement" ? param.argument : param;
      for (const from of param.type === "RestElement" ? args.slice(k) : args.slice(k, k + 1))
        this.flows.push({ into, kind: () => none, from: from.type === "SpreadElement" ? from.argument : from });
    });
  }

  /** A function that a method of a list calls may write into its elements; a method of anything else into what it is given. */
  private collectMethod(call: Node, callee: Node, method: string | undefined): void {
    const [first] = call.arguments;
    const { bindings } = this.file;
    if (method !== undefined && callingMethods.has(method) && first !== undefined) {
      const named = bare(first);
      const fn = bindings.calledFunction(named);
      if (fn !== undefined && this.known.isInside(fn))
        this.link(
          fn,
          fn.params.map(() => callee.object),
        );
      else if (functionWrites(named, bindings)) this.flows.push({ into: entryOf(entryOf(callee.object)), kind: () => unknown });
    }
    const isList = (): boolean => /^(?:list|floats|array|none)$/.test(this.kindOf(callee.object).is);
    const ofLists =
      method !== undefined && (listMethods.has(method) || viewMethods.has(method) || answeringMethods.has(method) || method === "get");
    this.mayBeWritten(call.arguments, () => !(ofLists && isList()) && this.kindOf(callee.object).is !== "still");
  }

  /** Any other function may write what it was given, or has around it, into the lists it was given. */
  private mayBeWritten(args: readonly Node[], may: () => boolean): void {
    for (const arg of args) {
      const target = bare(arg.type === "SpreadElement" ? arg.argument : arg);
      if (/^(?:Identifier|MemberExpression|CallExpression|ConditionalExpression|LogicalExpression)$/.test(target.type))
        this.flows.push({ into: entryOf(target), kind: () => (may() ? unknown : none) });
    }
  }

  private partKind(value: Node): Kind {
    const kind = value.type === "SpreadElement" ? elementOf(this.kindOf(value.argument)) : this.kindOf(value);
    if (value.type !== "CallExpression" || this.file.bindings.ourName(value.callee) !== undefined) return kind;
    return value.arguments.some((arg) => moves(this.kindOf(arg))) ? unknown : kind;
  }
}

/** A stand-in for an entry of an object: what `put` takes. */
const entryOf = (object: Node): Node =>
  ({ type: "MemberExpression", start: object.start, end: object.end, object, property: object, computed: true }) as unknown as Node;
