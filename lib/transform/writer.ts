import { beginningOf, dispatchOf, lengthOf, markOf } from "./dispatch.js";
import { escapes } from "./escapes.js";
import type { File } from "./file.js";
import { insertAt, rewrittenFunction } from "./functions.js";
import { type Marks, namesMarked } from "./marks.js";
import { Movement } from "./movement.js";
import { around, join, type Pieces, stretch } from "./pieces.js";
import { Rewriter, type Surroundings } from "./rewrite.js";
import type { Rewriting } from "./rewriting.js";
import { childrenOf, isFunction, isIdentifier, type Node, propertyName } from "./tree.js";

/** Writes a file anew: outside of marked functions as it stands, each of those in two forms. */
export class Writer implements Surroundings {
  /** The functions of the run time that are used. */
  readonly used: Set<string> = new Set();
  /** Statements for the beginning of the file. */
  readonly beginning: string[] = [];
  private readonly file: File;
  private readonly marks: Marks;
  private readonly prefix: string;
  /** Statements for the beginning of blocks. */
  private readonly pending: Map<Node, string[]> = new Map();
  private readonly places: readonly number[];

  constructor(file: File, marks: Marks) {
    this.file = file;
    this.marks = marks;
    let prefix = "$c";
    for (let k = 1; file.source.code.includes(prefix); k++) prefix = `$c${k}`;
    this.prefix = prefix;
    this.places = [...marks.calls.keys(), ...marks.functions].map(({ start }) => start).sort((a, b) => a - b);
  }

  use(name: string): string {
    this.used.add(name);
    return this.local(name);
  }

  /** The name in this file of a function of the run time. */
  local(name: string): string {
    return `${this.prefix}_${name}`;
  }

  isMarked(callee: Node): boolean {
    return namesMarked(callee, this.file, this.marks);
  }

  secondOf(callee: Node): string | undefined {
    const variable = this.file.bindings.variableOf(callee);
    const fn = variable === undefined || !this.file.bindings.isTop(variable) ? undefined : this.file.bindings.functionOf(variable);
    if (fn?.type !== "FunctionDeclaration" || !this.marks.functions.has(fn)) return undefined;
    return variable?.references.some((reference) => reference.isWrite()) ? undefined : this.second(fn);
  }

  private second(fn: Node): string {
    return `${this.prefix}$${(fn.id as Node).name}`;
  }

  /** Code outside of marked functions. */
  outside(node: Node): Pieces {
    if (!this.holdsMark(node)) return stretch(node.start, node.end);
    if (this.marks.calls.has(node)) return this.markedCall(node, (fn) => this.dual(fn, true));
    if (this.marks.functions.has(node))
      return node.type === "FunctionDeclaration" ? this.dualDeclaration(node, true) : this.dual(node, true);
    const pieces = around(node, (child) => this.outside(child));
    return node.type === "BlockStatement" ? this.block(node, pieces) : pieces;
  }

  /** Whether a mark lies in a node: the first place from its start on is before its end. */
  private holdsMark({ start, end }: Node): boolean {
    let low = 0;
    let high = this.places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.places[middle] as number) < start) low = middle + 1;
      else high = middle;
    }
    return low < this.places.length && (this.places[low] as number) < end;
  }

  block(node: Node, pieces: Pieces): Pieces {
    const statements = this.pending.get(node);
    if (statements === undefined) return pieces;
    this.pending.delete(node);
    const parent = this.file.bindings.parentOf(node);
    const at = parent !== undefined && isFunction(parent) ? beginningOf(parent) : node.start + 1;
    return insertAt(pieces, at, ` ${statements.join("; ")};`);
  }

  /** Functions inside of rewritten code: those that may be called by others say what they are. */
  inner(node: Node, r: Rewriting): Pieces | undefined {
    if (this.marks.calls.has(node)) return this.markedCall(node, (fn) => this.told(fn, r));
    if (!isFunction(node) || !(this.marks.functions.has(node) || escapes(node, this.file))) return undefined;
    if (node.type === "FunctionDeclaration") {
      const name = (node.id as Node).name;
      this.hoist(node, `${this.use("mark")}(${name}, ${name})`);
      return rewrittenFunction(node, r);
    }
    return this.isMethod(node) || this.isForLibrary(node) ? undefined : this.told(node, r);
  }

  private told(fn: Node, r: Rewriting): Pieces {
    return join(fn.start, `${this.use("rewritten")}(`, rewrittenFunction(fn, r), ")");
  }

  private isMethod(fn: Node): boolean {
    const parent = this.file.bindings.parentOf(fn);
    return parent?.type === "Property" && (parent.method || parent.kind !== "init");
  }

  /** Whether a function is written into a call of the library, which calls it whatever it is. */
  private isForLibrary(fn: Node): boolean {
    const { parent } = this.file.bindings.userOf(fn);
    return parent?.type === "CallExpression" && this.file.bindings.ourName(parent.callee) !== undefined;
  }

  /** `differentiable(f)` becomes the two forms of f, or f itself where that is marked elsewhere. */
  private markedCall(node: Node, become: (fn: Node) => Pieces): Pieces {
    const fn = this.marks.calls.get(node);
    if (fn !== undefined) return become(fn);
    const name = node.arguments[0] as Node;
    return join(node.start, `${this.use("marked")}(`, stretch(name.start, name.end), ")");
  }

  private rewriting(root: Node): { movement: Movement; r: Rewriter } {
    const movement = new Movement(this.file, root);
    return { movement, r: new Rewriter(this.file, movement, this) };
  }

  private get names() {
    return { use: (name: string) => this.use(name), all: `${this.prefix}_all` };
  }

  /**
   * A function expression in its two forms.
   * @param around whether names from around it may hold what moves
   */
  private dual(fn: Node, around: boolean): Pieces {
    const { movement, r } = this.rewriting(fn);
    const word = this.isMethod(fn) ? "function " : "";
    const rewritten = join(fn.start, word, rewrittenFunction(fn, r));
    const self = `${this.prefix}_self`;
    const { still, args, captures } = dispatchOf(fn, this.file, this.names, around ? movement : undefined);
    const name = JSON.stringify(this.nameFor(fn));
    const open = `/* @__PURE__ */ ${this.use("dual")}(`;
    if (args !== undefined)
      return join(
        fn.start,
        open,
        rewritten,
        `, (${self}) => ${word}`,
        this.dispatching(fn, still, `${self}(${args})`),
        `, ${name}${captures ? ", true" : ""})`,
      );
    const { all } = this.names;
    const original = `${this.prefix}_original`;
    const choice = `(...${all}) => ${still} ? ${original}(...${all}) : ${self}(...${all})`;
    return join(
      fn.start,
      open,
      rewritten,
      `, (${self}) => { const ${original} = ${word}`,
      this.original(fn),
      `; return ${choice}; }, ${name}, ${captures}, ${lengthOf(fn)})`,
    );
  }

  /** A function declaration in its two forms: the second is a function beside it, since declarations are used before they stand. */
  private dualDeclaration(fn: Node, around: boolean): Pieces {
    const { movement, r } = this.rewriting(fn);
    const name = (fn.id as Node).name;
    const second = this.second(fn);
    const rewritten = rewrittenFunction(fn, r, second);
    const { still, args, captures } = dispatchOf(fn, this.file, this.names, around ? movement : undefined);
    const more = args === undefined ? `, ${captures}, ${lengthOf(fn)}` : captures ? ", true" : "";
    this.hoist(fn, `${this.use("mark")}(${name}, ${second}${more})`);
    if (args !== undefined) return join(fn.start, this.dispatching(fn, still, `${second}(${args})`), " ", rewritten);
    const { all } = this.names;
    const original = `${second}$plain`;
    const first = `function ${name}(...${all}) { return ${still} ? ${original}(...${all}) : ${second}(...${all}); } `;
    return join(fn.start, first, this.original(fn, original), " ", rewritten);
  }

  /** A method of a record in its two forms: a field. */
  private dualMethod(node: Node, copy: (node: Node) => Pieces): Pieces {
    const key = node.computed ? join(node.key.start, "[", copy(node.key), "]") : stretch(node.key.start, node.key.end);
    return join(node.start, key, ": ", this.dual(node.value, false));
  }

  /** A statement for the beginning of the block that a declaration stands in. */
  private hoist(fn: Node, statement: string): void {
    let block = this.file.bindings.parentOf(fn);
    while (block !== undefined && block.type !== "BlockStatement" && block.type !== "Program") block = this.file.bindings.parentOf(block);
    if (block === undefined || block.type === "Program") {
      if (!this.beginning.includes(statement)) this.beginning.push(statement);
      return;
    }
    const statements = this.pending.get(block) ?? [];
    if (!statements.includes(statement)) statements.push(statement);
    this.pending.set(block, statements);
  }

  /** The original with the test at its beginning. */
  private dispatching(fn: Node, still: string, otherwise: string): Pieces {
    if (still === "") return this.original(fn);
    if (fn.body.type !== "BlockStatement")
      return this.original(fn, undefined, (body) => join(fn.body.start, `${still} ? (`, body, `) : ${otherwise}`));
    return this.original(fn, undefined, (body) => insertAt(body, beginningOf(fn), ` if (!(${still})) return ${otherwise};`));
  }

  /** A function as it stands, but for functions inside that may be called by others: those must work with what moves, too. */
  private original(fn: Node, name?: string, become: (body: Pieces) => Pieces = (body) => body): Pieces {
    const directive = markOf(fn);
    const copy = (node: Node): Pieces => {
      if (node === directive) return [];
      if (this.marks.calls.has(node)) return this.markedCall(node, (inner) => this.dual(inner, false));
      if (node.type === "Property" && node.method) return this.dualMethod(node, copy);
      if (isFunction(node) && (this.marks.functions.has(node) || escapes(node, this.file)) && !this.isMethod(node))
        return node.type === "FunctionDeclaration" ? this.dualDeclaration(node, false) : this.dual(node, false);
      const pieces = around(node, copy);
      return node.type === "BlockStatement" ? this.block(node, pieces) : pieces;
    };
    return around(
      fn,
      (child) => {
        if (child === fn.id && name !== undefined) return join(child.start, name);
        return child === fn.body ? become(copy(child)) : copy(child);
      },
      childrenOf(fn),
    );
  }

  /** The name that messages give a function. */
  private nameFor(fn: Node): string {
    if (fn.id) return fn.id.name;
    const { bindings } = this.file;
    let at = bindings.userOf(fn);
    if (at.parent !== undefined && this.marks.calls.has(at.parent)) at = bindings.userOf(at.parent);
    const { parent } = at;
    if (parent?.type === "VariableDeclarator" && isIdentifier(parent.id)) return (parent.id as Node).name;
    if (parent?.type === "Property" && !parent.computed) return parent.key.name ?? "";
    if (parent?.type === "AssignmentExpression")
      return isIdentifier(parent.left)
        ? parent.left.name
        : parent.left.type === "MemberExpression"
          ? (propertyName(parent.left) ?? "")
          : "";
    return "";
  }
}
