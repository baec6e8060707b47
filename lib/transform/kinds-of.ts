import {
  either,
  elementOf,
  fieldOf,
  floats,
  isNumber,
  type Kind,
  listOf,
  moves,
  none,
  number,
  recordOf,
  still,
  stillNumber,
  unknown,
} from "./kinds.js";
import { callKind } from "./kinds-of-calls.js";
import type { Known } from "./known.js";
import { stillProperties } from "./names.js";
import { isFunction, type Node, propertyName } from "./tree.js";

const arithmetic = new Set(["+", "-", "*", "/", "%", "**"]);
const bitwise = new Set(["&", "|", "^", "<<", ">>", ">>>"]);

/** The kind of an expression. */
export function kindOf(expression: Node, known: Known): Kind {
  const { found } = known;
  if (found === undefined) return computed(expression, known);
  let kind = found.get(expression);
  if (kind === undefined) {
    kind = computed(expression, known);
    found.set(expression, kind);
  }
  return kind;
}

function computed(expression: Node, known: Known): Kind {
  const kind = (node: Node): Kind => kindOf(node, known);
  const node = expression;
  switch (node.type) {
    case "Literal":
      return typeof (node.value as unknown) === "number" ? stillNumber : still;
    case "Identifier": {
      const variable = known.file.bindings.variableOf(node);
      if (variable !== undefined && variable.defs.length > 0) return known.kindOfVariable(variable);
      return node.name === "NaN" || node.name === "Infinity" ? stillNumber : still;
    }
    case "TSAsExpression":
    case "TSTypeAssertion":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSInstantiationExpression":
      return asserted(node, kind(node.expression), known);
    case "UnaryExpression":
      if (node.operator === "-" || node.operator === "+") return moves(kind(node.argument)) ? number : stillNumber;
      return node.operator === "~" ? stillNumber : still;
    case "UpdateExpression":
      return moves(kind(node.argument)) ? number : stillNumber;
    case "BinaryExpression":
      return binary(node.operator, kind(node.left), kind(node.right));
    case "AssignmentExpression":
      if (node.operator === "=") return kind(node.right);
      if (/^(?:&&|\|\||\?\?)=$/.test(node.operator)) return either(kind(node.left), kind(node.right));
      return binary(node.operator.slice(0, -1), kind(node.left), kind(node.right));
    case "LogicalExpression":
      return either(kind(node.left), kind(node.right));
    case "ConditionalExpression":
      return either(kind(node.consequent), kind(node.alternate as Node));
    case "SequenceExpression":
      return kind(node.expressions[node.expressions.length - 1] as Node);
    case "ChainExpression":
      return either(kind(node.expression), none);
    case "MemberExpression":
      return member(node, known);
    case "CallExpression":
      return callKind(node, known);
    case "NewExpression":
      return made(node, known);
    case "ArrayExpression":
      return listOf(
        node.elements
          .map((part) => (part === null ? none : part.type === "SpreadElement" ? elementOf(kind(part.argument)) : kind(part)))
          .reduce(either, none),
      );
    case "ObjectExpression":
      return record(node, known);
    default:
      return isFunction(node) || /^(?:Template(?:Literal|Element)|MetaProperty)$/.test(node.type) ? still : unknown;
  }
}

function asserted(node: Node, inner: Kind, known: Known): Kind {
  const type = node.typeAnnotation;
  if (type === undefined) return inner;
  const said = known.file.types.kindOf(type);
  if (!moves(said) && said.is === "still") return said;
  return inner.is === "unknown" ? said : inner;
}

function binary(operator: string, a: Kind, b: Kind): Kind {
  if (bitwise.has(operator)) return stillNumber;
  if (!arithmetic.has(operator)) return still;
  if (!moves(a) && !moves(b))
    return isNumber(a) && isNumber(b) ? stillNumber : a.is === "none" || b.is === "none" ? none : operator === "+" ? still : stillNumber;
  if (operator !== "+") return number;
  return (isNumber(a) || a.is === "none") && (isNumber(b) || b.is === "none") ? number : unknown;
}

function member(node: Node, known: Known): Kind {
  const global = known.file.bindings.globalName(node);
  if (global?.startsWith("Math.") || global?.startsWith("Number.")) return stillNumber;
  const object = kindOf(node.object, known);
  const name = propertyName(node);
  if (name !== undefined) {
    if (object.is !== "record" && stillProperties.has(name))
      return name === "length" || name === "size" || name === "dimension" ? stillNumber : still;
    return fieldOf(object, name);
  }
  const element = elementOf(object);
  return object.is === "record" ? [...object.fields.values()].reduce(either, none) : element;
}

function made(node: Node, known: Known): Kind {
  const name = known.file.bindings.globalName(node.callee);
  if (name === "Float64Array" || name === "Float32Array") return floats;
  if (name === "Array") return listOf(node.arguments.map((arg) => kindOf(arg, known)).reduce(either, none));
  if (/^(?:Int|Uint|Big)\w*Array$/.test(name ?? "") || name === "Date" || name === "RegExp") return still;
  return unknown;
}

function record(node: Node, known: Known): Kind {
  const fields = new Map<string, Kind>();
  for (const part of node.properties) {
    if (part.type === "SpreadElement") {
      const spread = kindOf(part.argument, known);
      if (spread.is !== "record") {
        if (moves(spread)) return unknown;
        continue;
      }
      for (const [name, kind] of spread.fields) fields.set(name, kind);
      continue;
    }
    const kind = kindOf(part.value, known);
    if (part.computed || part.kind !== "init") {
      if (moves(kind)) return unknown;
      continue;
    }
    fields.set(part.key.name ?? String(part.key.value), kind);
  }
  return recordOf(fields);
}
