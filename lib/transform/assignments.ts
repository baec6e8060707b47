import { isNumber, number } from "./kinds.js";
import { isDirect } from "./members.js";
import { arithmetic, functionOf, whole } from "./operators.js";
import { around, join, type Pieces, stretch } from "./pieces.js";
import { isPure } from "./pure.js";
import type { Rewriting } from "./rewriting.js";
import { saidOf, settledInto } from "./settling.js";
import { bare, isIdentifier, type Node } from "./tree.js";

/** A value on its way into a name, a pattern, a field or an entry: plain where that is declared as one that does not move. */
export function into(target: Node, value: Node, r: Rewriting): Pieces {
  return settledInto(saidOf(target, r), r.kindOf(value), value.start, [argument(value, r)], r);
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
  if (left.type !== "MemberExpression" && !isIdentifier(left)) return around(node, (child) => r.value(child));
  return once(left, operator, r, () => {
    const computed = settledInto(saidOf(left, r), number, node.start, [f, "(", r.value(left), ", ", argument(right, r), ")"], r);
    return isIdentifier(left) ? join(node.start, r.value(left), " = ", computed) : put(left, [computed], r);
  });
}

/**
 * What writes into a target that it reads first: an object that does something is computed once, before.
 * @throws {TransformError} where the index does something
 */
function once(left: Node, operator: string, r: Rewriting, write: () => Pieces): Pieces {
  if (left.type !== "MemberExpression") return write();
  if (left.computed && !isPure(left.property))
    r.refuse(
      left,
      `${operator} computes its target twice once it is rewritten, and this index does something; give the index a name first: const k = i++; a[k] ${operator} …`,
    );
  if (isPure(left.object)) return write();
  const name = `$${r.standIns.size + 1}`;
  const object = r.value(left.object);
  r.standIns.set(left.object, name);
  const body = write();
  r.standIns.delete(left.object);
  return join(left.start, `((${name}) => `, body, ")(", object, ")");
}

function set(node: Node, left: Node, r: Rewriting): Pieces {
  if (left.type === "MemberExpression" && !isDirect(left, r) && !(r.kindOf(left.object).is === "still" && !r.moves(node.right)))
    return put(left, [into(left, node.right, r)], r);
  return around(node, (child) => (child === node.left ? target(child, r) : into(left, child, r)));
}

/** A value into an entry or a field. */
function put(left: Node, value: readonly (string | Pieces)[], r: Rewriting): Pieces {
  if (isDirect(left, r)) return join(left.start, target(left, r), " = ", ...value);
  return join(left.start, `${r.use("put")}(`, r.value(left.object), ", ", r.index(left.property), ", ", ...value, `, ${r.where(left)})`);
}

/** `x &&= v`, `x ||= v`, `x ??= v` */
function setIf(node: Node, left: Node, r: Rewriting): Pieces {
  const { operator, right } = node;
  if (left.type !== "MemberExpression" && (operator === "??=" || !r.moves(left))) return around(node, (child) => r.value(child));
  return once(left, operator, r, () => {
    const now = r.value(left);
    const value = into(left, right, r);
    const later = isIdentifier(left) ? join(left.start, r.value(left), " = ", value) : put(left, [value], r);
    if (operator === "??=") return join(node.start, "(", now, " ?? (", later, "))");
    const parts = operator === "&&=" ? [" ? (", later, ") : ", now, ")"] : [" ? ", now, " : (", later, "))"];
    return join(node.start, "(", r.plain(left), ...parts);
  });
}

/** `i++`, `--i` */
export function update(node: Node, r: Rewriting): Pieces {
  const left = bare(node.argument);
  if (!r.moves(left)) return around(node, (child) => target(child, r));
  const numbers = isNumber(r.kindOf(left));
  const [step, by] = numbers
    ? [r.use(node.operator === "++" ? "add" : "sub"), "1"]
    : [r.use("subValues"), node.operator === "++" ? "-1" : "1"];
  return once(left, node.operator, r, () => {
    const value = [`${step}(`, r.value(left), `, ${by})`];
    const stored = isIdentifier(left) ? join(node.start, r.value(left), " = ", ...value) : put(left, value, r);
    if (node.prefix || isUnused(node, r)) return join(node.start, "(", stored, ")");
    return join(node.start, `${r.use("first")}(`, r.value(left), ", ", stored, ")");
  });
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
      return around(node, (child) => (child === inner.right ? into(inner.left, child, r) : target(child, r)));
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
