import type { Variable } from "./bindings.js";
import type { File } from "./file.js";
import {
  array,
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
import {
  answeringMethods,
  arrayFunctions,
  askingGlobals,
  callingMethods,
  inertFunctions,
  listMethods,
  mathFunctions,
  numberFunctions,
  stillProperties,
  viewMethods,
} from "./names.js";
import { bare, isFunction, type Node, propertyName } from "./tree.js";

/** What the kinds of expressions are read off. */
export interface Known {
  readonly file: File;
  kindOfVariable(variable: Variable): Kind;
  resultOf(fn: Node): Kind;
  isInside(fn: Node): boolean;
  /** Kinds that do not change any more; undefined as long as they are being found. */
  readonly found: Map<Node, Kind> | undefined;
}

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
      return call(node, known);
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

function call(node: Node, known: Known): Kind {
  const { bindings } = known.file;
  const callee = bare(node.callee);
  const args = (): boolean => node.arguments.some((arg) => moves(kindOf(arg.type === "SpreadElement" ? arg.argument : arg, known)));
  const global = bindings.globalName(callee);
  if (global !== undefined) {
    if (global.startsWith("Math.")) return args() && mathFunctions.has(global.slice(5)) ? number : stillNumber;
    if (global === "Number") return args() ? number : stillNumber;
    if (askingGlobals.has(global) || global === "Array.isArray") return still;
    if (/^Float(?:64|32)Array\./.test(global)) return floats;
    return args() ? (global === "Array.of" ? listOf(unknown) : unknown) : global === "Array.from" ? arrayFrom(node, known) : still;
  }
  const name = bindings.ourName(callee);
  if (name !== undefined) {
    if (name === "primal" && node.arguments[0] !== undefined) return isNumber(kindOf(node.arguments[0], known)) ? stillNumber : still;
    if (inertFunctions.has(name)) return still;
    if (arrayFunctions.has(name)) return array;
    if (numberFunctions.has(name) && node.arguments.every((arg) => isNumber(kindOf(arg, known)))) return args() ? number : stillNumber;
    return unknown;
  }
  if (isFunction(callee)) return known.resultOf(callee);
  if (callee.type === "Identifier") {
    const variable = bindings.variableOf(callee);
    const fn = variable === undefined ? undefined : bindings.functionOf(variable);
    if (fn !== undefined) return known.isInside(fn) ? known.resultOf(fn) : (known.file.types.result(fn) ?? unknown);
    return unknown;
  }
  return callee.type === "MemberExpression" ? method(node, callee, known) : unknown;
}

/** `Array.from({ length: n }, (_, k) => …)`. */
function arrayFrom(node: Node, known: Known): Kind {
  const [source, mapping] = node.arguments;
  if (mapping === undefined) return source === undefined ? listOf(none) : listOf(elementOf(kindOf(source, known)));
  return listOf(isFunction(mapping) ? known.resultOf(mapping) : unknown);
}

function method(node: Node, callee: Node, known: Known): Kind {
  const name = propertyName(callee);
  const object = kindOf(callee.object, known);
  if (name === undefined) return unknown;
  if (answeringMethods.has(name) && object.is !== "record")
    return name === "indexOf" || name === "push" || name.endsWith("Index") ? stillNumber : still;
  if (object.is === "array") return name === "get" ? number : viewMethods.has(name) ? array : unknown;
  const callback = node.arguments[0];
  const result = (): Kind => (callback !== undefined && isFunction(callback) ? known.resultOf(callback) : unknown);
  if (object.is === "list") {
    if (name === "map") return listOf(result());
    if (name.startsWith("reduce"))
      return node.arguments[1] === undefined ? either(object.of, result()) : either(kindOf(node.arguments[1], known), result());
    if (/^(?:at|pop|shift|find|findLast)$/.test(name)) return object.of;
    if (/^(?:slice|filter|reverse|sort|toSorted|toReversed|splice|copyWithin)$/.test(name)) return object;
    if (name === "entries") return listOf(listOf(either(stillNumber, object.of)));
    return name === "keys" ? listOf(stillNumber) : name === "values" ? object : unknown;
  }
  if (object.is === "floats") {
    if (/^(?:map|slice|filter|fill|sort|reverse|toSorted|toReversed|with|copyWithin)$/.test(name)) return floats;
    if (/^(?:at|find|findLast)$/.test(name)) return number;
    return name.startsWith("reduce")
      ? either(node.arguments[1] === undefined ? number : kindOf(node.arguments[1], known), result())
      : unknown;
  }
  if (moves(object) || node.arguments.some((arg) => moves(kindOf(arg.type === "SpreadElement" ? arg.argument : arg, known))))
    return unknown;
  if (callback !== undefined && (callingMethods.has(name) || isFunction(bare(callback))) && moves(result())) return unknown;
  // A method of something else may give what moves though nothing that moves is in sight.
  return listMethods.has(name) || name in String.prototype || name in Number.prototype ? still : unknown;
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
