import type { Variable } from "./bindings.js";
import type { File } from "./file.js";
import type { Kind } from "./kinds.js";
import type { Node } from "./tree.js";

/** What the kinds of expressions are read off. */
export interface Known {
  readonly file: File;
  kindOf(expression: Node): Kind;
  kindOfVariable(variable: Variable): Kind;
  resultOf(fn: Node): Kind;
  isInside(fn: Node): boolean;
  /** Kinds that do not change any more; undefined as long as they are being found. */
  readonly found: Map<Node, Kind> | undefined;
}
