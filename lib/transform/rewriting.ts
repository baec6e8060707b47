import type { File } from "./file.js";
import type { Kind } from "./kinds.js";
import type { Movement } from "./movement.js";
import type { Pieces } from "./pieces.js";
import type { Node } from "./tree.js";

/** What the parts of the rewriting of one function share. */
export interface Rewriting {
  readonly file: File;
  readonly movement: Movement;
  /** Texts that stand for expressions which were computed before. */
  readonly standIns: Map<Node, string>;
  /** Links `?.` whose left side was computed before. */
  readonly metLinks: Set<Node>;
  /** The local name of a function of the run time, which is imported then. */
  use(name: string): string;
  kindOf(node: Node): Kind;
  moves(node: Node): boolean;
  /** Any node, rewritten: of an expression its value. */
  value(node: Node): Pieces;
  /** The value of an expression as a plain one, where it is a number. */
  plain(node: Node): Pieces;
  /** An expression whose truth is asked for. */
  test(node: Node): Pieces;
  /** An expression as an index or a key. */
  index(node: Node): Pieces;
  /** Whether a name is bound to a function that is rewritten with this one, or marked. */
  isRewritten(callee: Node): boolean;
  /** The name of the rewritten form of a marked declaration at the top of the file, which is called where an argument moves. */
  secondOf(callee: Node): string | undefined;
  /** The place of a node as a string literal. */
  where(node: Node): string;
  refuse(node: Node, what: string): never;
}
