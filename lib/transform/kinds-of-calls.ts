import {
  array,
  derivativeOf,
  either,
  elementOf,
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
import type { Known } from "./known.js";
import {
  answeringMethods,
  arrayFunctions,
  askingGlobals,
  callingMethods,
  inertFunctions,
  listMethods,
  mathFunctions,
  numberFunctions,
  reductions,
  viewMethods,
} from "./names.js";
import { bare, isFunction, type Node, propertyName } from "./tree.js";

/** The kind of what a call gives. */
export function callKind(node: Node, known: Known): Kind {
  const { bindings } = known.file;
  const callee = bare(node.callee);
  const args = (): boolean => node.arguments.some((arg) => moves(known.kindOf(arg.type === "SpreadElement" ? arg.argument : arg)));
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
    if (name === "primal" && node.arguments[0] !== undefined) return isNumber(known.kindOf(node.arguments[0])) ? stillNumber : still;
    if (inertFunctions.has(name)) return still;
    if (arrayFunctions.has(name)) return array;
    if (name === "gradient")
      return listOf(
        node.arguments
          .slice(1)
          .map((arg) => (arg.type === "SpreadElement" ? unknown : derivativeOf(known.kindOf(arg))))
          .reduce(either, none),
      );
    if (reductions.has(name) && node.arguments.length === 1) return args() ? number : stillNumber;
    if (numberFunctions.has(name)) {
      const kinds = node.arguments.map((arg) => known.kindOf(arg));
      if (kinds.every(isNumber)) return args() ? number : stillNumber;
      if (kinds.every((kind) => kind.is === "array" || isNumber(kind))) return array;
    }
    return unknown;
  }
  if (isFunction(callee)) return known.resultOf(callee);
  if (callee.type === "Identifier") {
    const variable = bindings.variableOf(callee);
    const fn = variable === undefined ? undefined : bindings.functionOf(variable);
    if (fn !== undefined) return known.isInside(fn) ? known.resultOf(fn) : (known.file.types.result(fn) ?? unknown);
    const marked = variable === undefined ? undefined : bindings.markedFunctionOf(variable);
    return (marked === undefined ? undefined : known.file.types.result(marked)) ?? unknown;
  }
  return callee.type === "MemberExpression" ? method(node, callee, known) : unknown;
}

/** `Array.from({ length: n }, (_, k) => …)`. */
function arrayFrom(node: Node, known: Known): Kind {
  const [source, mapping] = node.arguments;
  if (mapping === undefined) return source === undefined ? listOf(none) : listOf(elementOf(known.kindOf(source)));
  return listOf(isFunction(mapping) ? known.resultOf(mapping) : unknown);
}

function method(node: Node, callee: Node, known: Known): Kind {
  const name = propertyName(callee);
  const object = known.kindOf(callee.object);
  if (name === undefined) return unknown;
  if (answeringMethods.has(name) && object.is !== "record")
    return name === "indexOf" || name === "push" || name.endsWith("Index") ? stillNumber : still;
  if (object.is === "array") return name === "get" ? number : viewMethods.has(name) ? array : unknown;
  const callback = node.arguments[0];
  const result = (): Kind => {
    if (callback === undefined) return unknown;
    if (isFunction(callback)) return known.resultOf(callback);
    return known.file.bindings.globalName(callback)?.startsWith("Math.") ? number : unknown;
  };
  if (object.is === "list") {
    if (name === "map") return listOf(result());
    if (name.startsWith("reduce"))
      return node.arguments[1] === undefined ? either(object.of, result()) : either(known.kindOf(node.arguments[1]), result());
    if (/^(?:at|pop|shift|find|findLast)$/.test(name)) return object.of;
    if (/^(?:slice|filter|reverse|sort|toSorted|toReversed|splice|copyWithin)$/.test(name)) return object;
    if (name === "entries")
      return listOf(
        recordOf(
          new Map([
            ["0", stillNumber],
            ["1", object.of],
          ]),
        ),
      );
    return name === "keys" ? listOf(stillNumber) : name === "values" ? object : unknown;
  }
  if (object.is === "floats") {
    if (/^(?:map|slice|filter|fill|sort|reverse|toSorted|toReversed|with|copyWithin)$/.test(name)) return floats;
    if (/^(?:at|find|findLast)$/.test(name)) return number;
    return name.startsWith("reduce")
      ? either(node.arguments[1] === undefined ? number : known.kindOf(node.arguments[1]), result())
      : unknown;
  }
  if (moves(object) || node.arguments.some((arg) => moves(known.kindOf(arg.type === "SpreadElement" ? arg.argument : arg)))) return unknown;
  if (callback !== undefined && (callingMethods.has(name) || isFunction(bare(callback))) && moves(result())) return unknown;
  // A method of something else may give what moves though nothing that moves is in sight.
  return listMethods.has(name) || name in String.prototype || name in Number.prototype ? still : unknown;
}
