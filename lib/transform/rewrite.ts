import { assignment, into, target, update } from "./assignments.js";
import { call, construction, listed } from "./calls.js";
import type { File } from "./file.js";
import { mark, resultOf, rewrittenFunction } from "./functions.js";
import type { Kind } from "./kinds.js";
import { chain, index, mathFunction, member } from "./members.js";
import type { Movement } from "./movement.js";
import { binary, logical, test, unary } from "./operators.js";
import { around, beginsWith, join, type Pieces, stretch } from "./pieces.js";
import type { Rewriting } from "./rewriting.js";
import { bare, childrenOf, isFunction, isTransparent, type Node } from "./tree.js";

/** What the rewriting of one function asks of the rest of the file. */
export interface Surroundings {
  use(name: string): string;
  isMarked(callee: Node): boolean;
  /** The name of the rewritten form of a marked declaration at the top of the file. */
  secondOf(callee: Node): string | undefined;
  /** What becomes of a function inside that may be called by others, or is marked; undefined for all others. */
  inner(node: Node, r: Rewriting): Pieces | undefined;
  /** A block, with what is to stand at its beginning. */
  block(node: Node, pieces: Pieces): Pieces;
}

/** Rewrites the operators of one function, and all that looks at values, into calls that know numbers which move. */
export class Rewriter implements Rewriting {
  readonly file: File;
  readonly movement: Movement;
  readonly standIns: Map<Node, string> = new Map();
  readonly metLinks: Set<Node> = new Set();
  private readonly surroundings: Surroundings;

  constructor(file: File, movement: Movement, surroundings: Surroundings) {
    this.file = file;
    this.movement = movement;
    this.surroundings = surroundings;
  }

  use(name: string): string {
    return this.surroundings.use(name);
  }

  kindOf(node: Node): Kind {
    return this.movement.kindOf(node);
  }

  moves(node: Node): boolean {
    return this.movement.moves(node);
  }

  where(node: Node): string {
    return JSON.stringify(this.file.source.where(node.start));
  }

  refuse(node: Node, what: string): never {
    throw this.file.source.error(node.start, what);
  }

  isRewritten(callee: Node): boolean {
    if (this.surroundings.isMarked(callee)) return true;
    const node = bare(callee);
    const variable = node.type === "Identifier" ? this.file.bindings.variableOf(node) : undefined;
    const fn = variable === undefined ? undefined : this.file.bindings.functionOf(variable);
    return fn !== undefined && this.movement.isInside(fn);
  }

  secondOf(callee: Node): string | undefined {
    return this.surroundings.secondOf(callee);
  }

  plain(node: Node): Pieces {
    if (!this.moves(node)) return this.value(node);
    return join(node.start, `${this.use("plain")}(`, this.value(node), ")");
  }

  test(node: Node): Pieces {
    return test(node, this);
  }

  index(node: Node): Pieces {
    return index(node, this);
  }

  value(node: Node): Pieces {
    const standIn = this.standIns.get(node);
    if (standIn !== undefined) return join(node.start, standIn);
    switch (node.type) {
      case "Identifier":
        if (node.name === "arguments" && this.file.bindings.variableOf(node)?.defs.length === 0)
          this.refuse(node, "arguments is not rewritten; name the parameters, or gather them: (...xs: number[])");
        return this.named(node);
      case "BinaryExpression":
        return binary(node, this);
      case "UnaryExpression":
        return unary(node, this);
      case "LogicalExpression":
        return logical(node, this);
      case "ConditionalExpression":
        return around(node, (child) => (child === node.test ? this.test(child) : this.value(child)));
      case "AssignmentExpression":
        return assignment(node, this);
      case "UpdateExpression":
        return update(node, this);
      case "MemberExpression":
        return member(node, this);
      case "ChainExpression":
        return chain(node, this);
      case "CallExpression":
        return this.surroundings.inner(node, this) ?? call(node, this);
      case "NewExpression":
        return construction(node, this);
      case "SequenceExpression":
        return around(node, (child) => this.value(child));
      case "TemplateLiteral":
        return around(node, (child) =>
          this.moves(child) ? join(child.start, `${this.use("primal")}(`, this.value(child), ")") : this.value(child),
        );
      case "TaggedTemplateExpression":
        if (node.quasi.expressions.some((part) => this.moves(part)))
          this.refuse(node, "a tagged template gets numbers that move; give it primal(x)");
        break;
      case "ArrayPattern":
      case "ObjectPattern":
        return target(node, this);
      case "AssignmentPattern":
        return around(node, (child) => (child === node.right ? into(node.left, child, this) : this.value(child)));
      case "Property":
        if (node.method) return this.method(node);
        return around(node, (child) =>
          child === node.key ? (node.computed ? this.plain(child) : stretch(child.start, child.end)) : this.value(child),
        );
      case "ThisExpression":
      case "Super":
        return this.refuse(node, "this is not rewritten; give the function what it needs as an argument");
      case "ClassDeclaration":
      case "ClassExpression":
        return this.refuse(node, "a class inside of a differentiable function is not rewritten; declare it outside");
      case "AwaitExpression":
        return this.refuse(node, "a differentiable function is synchronous; move await out of it");
      case "YieldExpression":
        return this.refuse(node, "a differentiable function is no generator; fill a list and return it");
      case "WithStatement":
        return this.refuse(node, "with hides what names mean; name the record's fields");
    }
    if (isFunction(node)) return this.surroundings.inner(node, this) ?? rewrittenFunction(node, this);
    return isTransparent(node) ? this.typed(node) : this.statement(node);
  }

  /** A method of a record: a function that others may call. */
  private method(node: Node): Pieces {
    const key = node.computed ? join(node.key.start, "[", this.plain(node.key), "]") : stretch(node.key.start, node.key.end);
    return join(node.start, key, `: ${this.use("rewritten")}(function `, rewrittenFunction(node.value, this), ")");
  }

  /** A name; a function of Math under a name of its own becomes that of the run time. */
  private named(node: Node): Pieces {
    const math = mathFunction(node, this);
    return math === undefined ? stretch(node.start, node.end) : join(node.start, math);
  }

  /** `x as int` makes x plain. */
  private typed(node: Node): Pieces {
    const pieces = around(node, (child) => this.value(child), [node.expression]);
    return this.moves(node.expression) && !this.moves(node) ? join(node.start, `${this.use("primal")}(`, pieces, ")") : pieces;
  }

  private statement(node: Node): Pieces {
    switch (node.type) {
      case "IfStatement":
      case "WhileStatement":
      case "DoWhileStatement":
      case "ForStatement":
        return around(node, (child) => (child === node.test ? this.test(child) : this.value(child)));
      case "SwitchStatement":
        return around(node, (child) => (child === node.discriminant ? this.plain(child) : this.value(child)));
      case "SwitchCase":
        return around(node, (child) => (child === node.test ? this.plain(child) : this.value(child)));
      case "ForOfStatement":
      case "ForInStatement":
        if (node.await) this.refuse(node, "a differentiable function is synchronous; move await out of it");
        return around(node, (child) => {
          if (child === node.left && child.type !== "VariableDeclaration") return target(child, this);
          return child === node.right && node.type === "ForInStatement" ? listed(child, this) : this.value(child);
        });
      case "VariableDeclarator":
        return around(node, (child) => (child === node.id ? this.value(child) : into(node.id as Node, child, this)));
      case "ReturnStatement": {
        const fn = this.file.bindings.functionAround(node);
        return around(node, (child) => (fn === undefined ? this.value(child) : resultOf(fn, child, this)));
      }
      case "ExpressionStatement":
        return this.expressionStatement(node);
      case "BlockStatement":
        return this.surroundings.block(
          node,
          around(node, (child) => this.value(child)),
        );
      default:
        return around(node, (child) => this.value(child), childrenOf(node));
    }
  }

  /** Where semicolons are left out, a statement must not begin with a bracket that it did not begin with before. */
  private expressionStatement(node: Node): Pieces {
    if (node.directive === mark) return stretch(node.end, node.end);
    const pieces = around(node, (child) => this.value(child));
    const { code } = this.file.source;
    return beginsWith(pieces, code, "(") && code[node.start] !== "(" ? join(node.start, "void ", pieces) : pieces;
  }
}
