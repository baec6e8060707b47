import type { Variable } from "./bindings.js";
import type { File } from "./file.js";
import { flowsOf } from "./flows.js";
import {
  either,
  elementOf,
  fieldOf,
  holding,
  isNumber,
  type Kind,
  loosened,
  moves,
  none,
  sameKind,
  still,
  unknown,
  within,
} from "./kinds.js";
import { kindOf } from "./kinds-of.js";
import type { Known } from "./known.js";
import { outerKind } from "./outer.js";
import { rootsOf } from "./roots.js";
import { bare, isFunction, isIdentifier, type Node, propertyName } from "./tree.js";

/** No program needs as many rounds; what is not settled then is unknown. */
const mostRounds = 40;

/**
 * What of a marked function moves: the kind of each of its variables and expressions, whatever the order in which it runs. Names start with
 * nothing in them; every assignment adds to them, until nothing changes.
 */
export class Movement implements Known {
  readonly file: File;
  private readonly root: Node;
  private readonly kinds: Map<Variable, Kind> = new Map();
  private readonly results: Map<Node, Kind> = new Map();
  private readonly sources: Map<Variable, Set<Variable>> = new Map();
  private changed = false;
  found: Map<Node, Kind> | undefined = undefined;

  constructor(file: File, root: Node) {
    this.file = file;
    this.root = root;
    const flows = flowsOf(root, this);
    let rounds = 0;
    do {
      this.changed = false;
      for (const flow of flows) this.bind(flow.into, flow.kind(), flow.from);
    } while (this.changed && ++rounds < mostRounds);
    if (rounds === mostRounds)
      for (const variable of this.kinds.keys()) if (this.annotation(variable) === undefined) this.kinds.set(variable, unknown);
    this.found = new Map();
  }

  /** The kind of an expression. */
  kindOf(node: Node): Kind {
    return kindOf(node, this);
  }

  /** Whether an expression may give something that moves. */
  moves(node: Node): boolean {
    return moves(this.kindOf(node));
  }

  kindOfVariable(variable: Variable): Kind {
    const known = this.kinds.get(variable);
    if (known !== undefined) return known;
    if (!this.file.bindings.declaredIn(variable, this.root)) return outerKind(variable, this.file);
    return this.file.bindings.functionOf(variable) === undefined ? none : still;
  }

  resultOf(fn: Node): Kind {
    return this.file.types.result(fn) ?? this.results.get(fn) ?? (fn.body.type === "BlockStatement" ? none : this.kindOf(fn.body));
  }

  isInside(fn: Node): boolean {
    return fn.start >= this.root.start && fn.end <= this.root.end;
  }

  /** The kind that a variable's own annotation says, where it has one. */
  annotation(variable: Variable): Kind | undefined {
    const identifier = variable.identifiers[0] as unknown as Node | undefined;
    return identifier === undefined ? undefined : this.file.types.annotated(identifier);
  }

  /** Puts a kind into a pattern, an entry, a variable. */
  private bind(pattern: Node, kind: Kind, from: Node | undefined): void {
    const target = bare(pattern);
    switch (target.type) {
      case "Identifier": {
        const variable = this.file.bindings.variableOf(target);
        if (variable === undefined) return;
        this.join(variable, kind);
        if (from !== undefined) for (const source of rootsOf(from, this)) this.sourcesOf(variable).add(source);
        return;
      }
      case "AssignmentPattern":
        this.bind(target.left, either(this.said(target.left, kind), this.kindOf(target.right)), from);
        this.bind(target.left, none, target.right);
        return;
      case "ArrayPattern":
        this.bindElements(target, said(this, target, kind), from);
        return;
      case "ObjectPattern":
        for (const part of target.properties) {
          if (part.type === "RestElement") this.bind(part.argument, said(this, target, kind), from);
          else this.bind(part.value, fieldOf(said(this, target, kind), part.computed ? undefined : part.key.name), from);
        }
        return;
      case "MemberExpression":
        this.put(target, kind);
        if (from !== undefined)
          for (const root of rootsOf(target, this)) for (const source of rootsOf(from, this)) this.sourcesOf(root).add(source);
        return;
      default:
        if (isFunction(target)) this.joinResult(target, kind);
    }
  }

  private bindElements(pattern: Node, kind: Kind, from: Node | undefined): void {
    pattern.elements.forEach((part, k) => {
      if (part === null) return;
      if (part.type === "RestElement") this.bind(part.argument, kind.is === "record" ? unknown : kind, from);
      else this.bind(part, kind.is === "record" ? fieldOf(kind, String(k)) : elementOf(kind), from);
    });
  }

  private said(pattern: Node, kind: Kind): Kind {
    return said(this, pattern, kind);
  }

  private join(variable: Variable, kind: Kind): void {
    const before = this.kinds.get(variable) ?? (this.file.bindings.declaredIn(variable, this.root) ? none : outerKind(variable, this.file));
    this.change(variable, before, this.asSaid(variable, either(before, kind)));
  }

  /** What a variable's annotation leaves of a kind: the compiler sees to it that nothing else is put there. */
  private asSaid(variable: Variable, kind: Kind): Kind {
    const annotation = this.annotation(variable);
    if (annotation === undefined) return kind;
    if (!moves(annotation)) return annotation;
    return kind.is === "none" && annotation.is !== "number" ? annotation : within(kind, annotation);
  }

  private joinResult(fn: Node, kind: Kind): void {
    const before = this.results.get(fn) ?? none;
    const after = either(before, kind);
    if (sameKind(before, after)) return;
    this.results.set(fn, after);
    this.changed = true;
  }

  private change(variable: Variable, before: Kind, after: Kind): void {
    if (sameKind(before, after) && this.kinds.has(variable)) return;
    this.kinds.set(variable, after);
    this.changed = true;
  }

  /** Writes a value into an entry of what an expression names, and of what may be the same object under another name. */
  private put(entry: Node, part: Kind): void {
    const container = bare(entry.object);
    // Nothing has been put into this name in the rounds so far; its object comes first.
    if (isIdentifier(container) && this.kindOf(container).is === "none") return;
    const after = holding(
      this.kindOf(container),
      part,
      entry.property === entry ? undefined : entry.computed ? undefined : propertyName(entry),
    );
    if (container.type === "MemberExpression") {
      this.put(container, after);
      return;
    }
    if (!isIdentifier(container)) {
      if (moves(part)) for (const root of rootsOf(container, this)) this.loosen(root, new Set());
      return;
    }
    const variable = this.file.bindings.variableOf(container);
    if (variable === undefined) return;
    const before = this.kindOfVariable(variable);
    const settled = this.asSaid(variable, after);
    if (!sameKind(before, settled)) this.change(variable, before, settled);
    if (moves(part)) for (const source of this.sourcesOf(variable)) this.loosen(source, new Set([variable]));
  }

  /** What a variable was taken from may hold anything from now on. */
  private loosen(variable: Variable, seen: Set<Variable>): void {
    if (seen.has(variable)) return;
    seen.add(variable);
    const before = this.kindOfVariable(variable);
    // Numbers have no parts that another name could write into.
    if (isNumber(before) || before.is === "none") return;
    const after = this.asSaid(variable, loosened(before));
    if (!sameKind(before, after)) this.change(variable, before, after);
    for (const source of this.sourcesOf(variable)) this.loosen(source, seen);
  }

  private sourcesOf(variable: Variable): Set<Variable> {
    let sources = this.sources.get(variable);
    if (sources === undefined) {
      sources = new Set();
      this.sources.set(variable, sources);
    }
    return sources;
  }
}

const said = (movement: Movement, pattern: Node, kind: Kind): Kind => movement.file.types.annotated(pattern) ?? kind;
