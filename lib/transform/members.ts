import { hiddenProperties, mathFunctions } from "./names.js";
import { around, join, type Pieces, stretch } from "./pieces.js";
import type { Rewriting } from "./rewriting.js";
import { bare, type Node, propertyName } from "./tree.js";

/** Whether a field or an entry is read and written as it stands: fields by name, entries of lists, keys of records. */
export function isDirect(member: Node, r: Rewriting): boolean {
  if (!member.computed || member.property.type === "PrivateIdentifier") return true;
  const { is } = r.kindOf(member.object);
  return is === "list" || is === "record" || is === "none";
}

/** An expression as an index or a key: plain, or looked at when it runs. */
export function index(node: Node, r: Rewriting): Pieces {
  if (node.type === "SequenceExpression") r.refuse(node, "x[i, j] reads entry j alone; write x.get(i, j)");
  if (!r.moves(node)) return r.value(node);
  return join(node.start, `${r.use("index")}(`, r.value(node), `, ${r.where(node)})`);
}

/** `x.name`, `x[i]` */
export function member(node: Node, r: Rewriting): Pieces {
  const math = mathFunction(node, r);
  if (math !== undefined) return join(node.start, math);
  const name = propertyName(node);
  if (name !== undefined && hiddenProperties.has(name)) expectInSight(node, name, r);
  const object = r.standIns.get(node.object);
  if (node.computed && !isDirect(node, r) && r.moves(node.object))
    return join(node.start, `${r.use("at")}(`, r.value(node.object), ", ", r.index(node.property), ")");
  if (object !== undefined)
    return node.computed ? join(node.start, object, "[", r.index(node.property), "]") : join(node.start, `${object}.${node.property.name}`);
  return around(
    node,
    (child) => (child === node.object ? r.value(child) : node.computed ? r.index(child) : stretch(child.start, child.end)),
    [node.object, node.property],
  );
}

/** The run-time function of a function of Math; undefined for what is none, or has no rule. */
export function mathFunction(node: Node, r: Rewriting): string | undefined {
  const name = r.file.bindings.globalName(node);
  if (!name?.startsWith("Math.")) return undefined;
  const own = name.slice(5);
  return mathFunctions.has(own) ? r.use(`math_${own}`) : undefined;
}

function expectInSight(node: Node, name: string, r: Rewriting): void {
  const { is } = r.kindOf(node.object);
  if (is === "floats" || is === "unknown")
    r.refuse(node, `.${name} would let the entries out of sight; copy them with slice, or write them one by one into a new array`);
}

/** `a?.b`, `a?.[i]`, `a?.(x)`: kept as it stands where nothing in it is rewritten, else computed link by link. */
export function chain(node: Node, r: Rewriting): Pieces {
  const link = firstLink(node.expression, r);
  if (link === undefined) return r.value(node.expression);
  const asItStands = spine(node.expression).every((part) =>
    part.type === "MemberExpression" ? isDirect(part, r) && !part.computed : false,
  );
  if (asItStands) return around(node, (child) => kept(child, r));
  const before = link.type === "CallExpression" ? link.callee : link.object;
  const name = `$${r.standIns.size + 1}`;
  const start = r.value(before);
  r.standIns.set(before, name);
  r.metLinks.add(link);
  const rest = chain(node, r);
  r.metLinks.delete(link);
  r.standIns.delete(before);
  return join(node.start, `${r.use("chain")}(`, start, `, (${name}) => `, rest, ")");
}

function spine(node: Node): Node[] {
  const inner = bare(node);
  if (inner.type === "MemberExpression") return [inner, ...spine(inner.object)];
  if (inner.type === "CallExpression") return [inner, ...spine(inner.callee)];
  return [];
}

/** The link `?.` that is met first when it runs. */
function firstLink(node: Node, r: Rewriting): Node | undefined {
  return spine(node)
    .filter((part) => part.optional && !r.metLinks.has(part))
    .at(-1);
}

function kept(node: Node, r: Rewriting): Pieces {
  const inner = bare(node);
  if (inner.type !== "MemberExpression") return r.value(node);
  return around(node, (child) => (child === inner.property ? stretch(child.start, child.end) : kept(child, r)));
}
