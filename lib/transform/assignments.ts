import { isNumber, moves } from "./kinds.js";
import { isDirect } from "./members.js";
import { arithmetic, functionOf, whole } from "./operators.js";
import { around, join, type Pieces, stretch } from "./pieces.js";
import { isPure } from "./pure.js";
import type { Rewriting } from "./rewriting.js";
import { bare, isIdentifier, type Node } from "./tree.js";

/** A value on its way into a name: plain where the name is declared as one that does not move. */
export function intoName(name: Node, value: Node, r: Rewriting): Pieces {
  const said = isIdentifier(bare(name)) ? annotationOf(bare(name), r) : undefined;
  const settles = said !== undefined && !moves(said) && said.is === "still" && r.moves(value);
  return settles ? join(value.start, `${r.use("primal")}(`, argument(value, r), ")") : r.value(value);
}

function annotationOf(name: Node, r: Rewriting) {
  const own = r.file.types.annotated(name);
  const variable = r.file.bindings.variableOf(name);
  return own ?? (variable === undefined ? undefined : r.movement.annotation(variable));
}

/** An expression as an argument: a sequence stands in brackets. */
export function argument(node: Node, r: Rewriting): Pieces {
  return bare(node).type === "SequenceExpression" ? join(node.start, "(", r.value(node), ")") : r.value(node);
}

/** `x = v`, `x += v`, `x &&= v`, … */
export function assignment(node: Node, r: Rewriting): Pieces {
  const { operator, right } = node;
  const left = bare(node.left);
  if (operator === "=") return set(node, left, r);
  if (/^(?:&&|\|\||\?\?)=$/.test(operator)) return setIf(node, left, r);
  const sign = operator.slice(0, -1);
  if (!r.moves(left) && !r.moves(right)) return around(node, (child) => (child === node.left ? target(child, r) : r.value(child)));
  if (arithmetic[sign] === undefined) {
    whole(left, sign, r);
    whole(right, sign, r);
    return around(node, (child) => (child === node.left ? target(child, r) : whole(child, sign, r)));
  }
  const f = functionOf(sign, left, right, r);
  if (isIdentifier(left))
    return join(node.start, r.value(left), " = ", settled(left, [f, "(", r.value(left), ", ", argument(right, r), ")"], r));
  if (left.type !== "MemberExpression") return around(node, (child) => r.value(child));
  expectPure(left, operator, r);
  return put(left, [f, "(", r.value(left), ", ", argument(right, r), ")"], r);
}

/** A computed value on its way into a name that may be declared still. */
function settled(name: Node, value: readonly (string | Pieces)[], r: Rewriting): Pieces {
  const said = annotationOf(name, r);
  if (said?.is !== "still") return join(name.start, ...value);
  return join(name.start, `${r.use("primal")}(`, ...value, ")");
}

function expectPure(left: Node, operator: string, r: Rewriting): void {
  if (isPure(left.object) && (!left.computed || isPure(left.property))) return;
  r.refuse(
    left,
    `${operator} computes its target twice once it is rewritten, and this target does something; give the index a name first: const k = i++; a[k] ${operator} …`,
  );
}

function set(node: Node, left: Node, r: Rewriting): Pieces {
  if (left.type === "MemberExpression" && !isDirect(left, r) && !(r.kindOf(left.object).is === "still" && !r.moves(node.right)))
    return put(left, [argument(node.right, r)], r);
  return around(node, (child) => (child === node.left ? target(child, r) : isIdentifier(left) ? intoName(left, child, r) : r.value(child)));
}

/** A value into an entry or a field. */
function put(left: Node, value: readonly (string | Pieces)[], r: Rewriting): Pieces {
  if (isDirect(left, r)) return join(left.start, target(left, r), " = ", ...value);
  return join(left.start, `${r.use("put")}(`, r.value(left.object), ", ", r.index(left.property), ", ", ...value, `, ${r.where(left)})`);
}

/** `x &&= v`, `x ||= v`, `x ??= v` */
function setIf(node: Node, left: Node, r: Rewriting): Pieces {
  const { operator, right } = node;
  if (left.type === "MemberExpression") expectPure(left, operator, r);
  else if (operator === "??=" || !r.moves(left)) return around(node, (child) => r.value(child));
  const now = r.value(left);
  const later = isIdentifier(left) ? join(left.start, r.value(left), " = ", argument(right, r)) : put(left, [argument(right, r)], r);
  if (operator === "??=") return join(node.start, "(", now, " ?? (", later, "))");
  const parts = operator === "&&=" ? [" ? (", later, ") : ", now, ")"] : [" ? ", now, " : (", later, "))"];
  return join(node.start, "(", r.plain(left), ...parts);
}

/** `i++`, `--i` */
export function update(node: Node, r: Rewriting): Pieces {
  const left = bare(node.argument);
  if (!r.moves(left)) return around(node, (child) => target(child, r));
  const numbers = isNumber(r.kindOf(left));
  const [step, by] = numbers
    ? [r.use(node.operator === "++" ? "add" : "sub"), "1"]
    : [r.use("subValues"), node.operator === "++" ? "-1" : "1"];
  if (!isIdentifier(left)) expectPure(left, node.operator, r);
  const value = [`${step}(`, r.value(left), `, ${by})`];
  const stored = isIdentifier(left) ? join(node.start, r.value(left), " = ", ...value) : put(left, value, r);
  if (node.prefix || isUnused(node, r)) return join(node.start, "(", stored, ")");
  return join(node.start, `${r.use("first")}(`, r.value(left), ", ", stored, ")");
}

function isUnused(node: Node, r: Rewriting): boolean {
  const { parent, child } = r.file.bindings.userOf(node);
  return parent?.type === "ExpressionStatement" || (parent?.type === "ForStatement" && parent.update === child);
}

/** What is assigned to: names, fields and entries, and patterns of them. */
export function target(node: Node, r: Rewriting): Pieces {
  const inner = bare(node);
  switch (inner.type) {
    case "MemberExpression":
      if (isDirect(inner, r))
        return around(
          node,
          (child) => (child === inner ? direct(inner, r) : r.value(child)),
          node === inner ? memberParts(inner) : undefined,
        );
      return join(inner.start, `${r.use("entry")}(`, r.value(inner.object), ", ", r.index(inner.property), `, ${r.where(inner)}).value`);
    case "ArrayPattern":
    case "ObjectPattern":
    case "Property":
    case "RestElement":
      return around(node, (child) =>
        inner.type === "Property" && child === inner.key
          ? inner.computed
            ? r.plain(child)
            : stretch(child.start, child.end)
          : target(child, r),
      );
    case "AssignmentPattern":
      return around(node, (child) => (child === inner.right ? intoName(inner.left, child, r) : target(child, r)));
    default:
      return node === inner ? stretch(node.start, node.end) : around(node, (child) => target(child, r));
  }
}

const memberParts = (member: Node): Node[] => [member.object, member.property];

function direct(member: Node, r: Rewriting): Pieces {
  return around(member, (child) =>
    child === member.object ? r.value(child) : member.computed ? r.index(child) : stretch(child.start, child.end),
  );
}
