import { argument } from "./assignments.js";
import { moves } from "./kinds.js";
import { mathFunction } from "./members.js";
import {
  askingGlobals,
  callingMethods,
  listMethods,
  mathFunctions,
  nativeMethods,
  passingGlobals,
  replacedGlobals,
  scratchMakers,
  viewMethods,
  wholeMathFunctions,
  writingMethods,
} from "./names.js";
import { around, join, type Pieces, stretch } from "./pieces.js";
import type { Rewriting } from "./rewriting.js";
import { saidOfEntries, settledInto } from "./settling.js";
import { bare, isFunction, type Node, propertyName } from "./tree.js";

/** `f(x)`, `list.map(f)`, `Math.sin(x)`, … */
export function call(node: Node, r: Rewriting): Pieces {
  const callee = bare(node.callee);
  const { bindings } = r.file;
  if (r.standIns.has(callee)) return guarded(node, callee, r);
  const global = bindings.globalName(callee);
  if (global !== undefined) return globalCall(node, global, r);
  const ours = bindings.ourName(callee);
  if (ours !== undefined) {
    if (scratchMakers.has(ours)) return join(node.start, `${r.use("scratch")}(`, verbatim(node, r), ")");
    return verbatim(node, r);
  }
  const second = movingArguments(node, r) ? r.secondOf(callee) : undefined;
  if (second !== undefined) return join(node.start, `${second}(`, ...argumentsOf(node, r).slice(1), ")");
  if (isFunction(callee) || r.isRewritten(callee)) return verbatim(node, r);
  const origin = bindings.originOf(callee);
  if (callee.type === "MemberExpression" && origin?.from !== "import") return method(node, callee, r);
  return guarded(node, callee, r);
}

const movingArguments = (node: Node, r: Rewriting): boolean =>
  node.arguments.some((arg) => r.moves(arg.type === "SpreadElement" ? arg.argument : arg));

/** A value whose keys are gone through: a float array that moves shows them as a list. */
export function listed(node: Node, r: Rewriting): Pieces {
  return r.kindOf(node).is === "floats" ? join(node.start, "[...", r.value(node), "]") : r.value(node);
}

/** The call as it stands, with its parts rewritten. */
function verbatim(node: Node, r: Rewriting, become: (arg: Node) => Pieces = (arg) => r.value(arg)): Pieces {
  return around(node, (child) => (child === node.callee ? calleeOf(child, r) : become(child)), [node.callee, ...node.arguments]);
}

function calleeOf(callee: Node, r: Rewriting): Pieces {
  const inner = bare(callee);
  if (inner.type !== "MemberExpression" || inner !== callee) return r.value(callee);
  return r.standIns.has(inner.object) || mathFunction(inner, r) !== undefined
    ? r.value(inner)
    : around(
        inner,
        (child) => (child === inner.object ? r.value(child) : inner.computed ? r.index(child) : stretch(child.start, child.end)),
        [inner.object, inner.property],
      );
}

/** The arguments of a call, each with a comma before it. */
function argumentsOf(node: Node, r: Rewriting, become: (arg: Node) => Pieces = (arg) => argument(arg, r)): (string | Pieces)[] {
  return node.arguments.flatMap((arg) => [", ", become(arg)]);
}

/** The call of a function of the run time in place of this one. */
function renamed(node: Node, name: string, r: Rewriting, become?: (arg: Node) => Pieces): Pieces {
  return join(node.start, `${r.use(name)}(`, ...argumentsOf(node, r, become).slice(1), ")");
}

/** Whether a function of Math takes one number: a list must not hand it index and list as well. */
const isUnaryMath = (fn: Node, r: Rewriting): boolean =>
  mathFunction(fn, r) !== undefined && !/\.(?:atan2|hypot|max|min|pow)$/.test(r.file.bindings.globalName(fn) as string);

/** Whether a name is bound to what a definer of rules made. */
function hasOwnRule(named: Node, r: Rewriting): boolean {
  const variable = named.type === "Identifier" ? r.file.bindings.variableOf(named) : undefined;
  const value = variable === undefined ? undefined : r.file.bindings.constantOf(variable);
  const definer = value === undefined || bare(value).type !== "CallExpression" ? undefined : r.file.bindings.ourName(bare(value).callee);
  return definer !== undefined && definer !== "differentiable";
}

/** A function on its way to someone who calls it: looked at when it is called, where it is not known now. */
function callback(arg: Node, r: Rewriting): Pieces {
  const inner = bare(arg);
  const named = inner.type === "Identifier" || inner.type === "MemberExpression" || inner.type === "CallExpression";
  const math = mathFunction(inner, r);
  if (isUnaryMath(inner, r)) return join(arg.start, `(x) => ${math}(x)`);
  if (r.file.bindings.ourName(inner) !== undefined || math !== undefined || hasOwnRule(inner, r))
    return join(arg.start, `${r.use("ofOne")}(`, argument(arg, r), ")");
  if (!named || r.isRewritten(inner)) return argument(arg, r);
  return join(arg.start, `${r.use("guard")}(`, argument(arg, r), `, ${r.where(arg)})`);
}

function globalCall(node: Node, name: string, r: Rewriting): Pieces {
  const moving = movingArguments(node, r);
  if (name === "eval" || name === "Function") return r.refuse(node, `${name} hides what it computes; write the code itself`);
  if (name.startsWith("Math.")) {
    const own = name.slice(5);
    if (moving && mathFunctions.has(own)) return renamed(node, `math_${own}`, r);
    if (moving) {
      const cure = wholeMathFunctions.has(own)
        ? "it computes with whole numbers; write primal(x) where no derivative is wanted"
        : "check its name, or write it in functions that have one";
      return r.refuse(node, `Math.${own} has no derivative; ${cure}`);
    }
    const { callee } = node;
    return around(node, (child) => (child === callee ? stretch(child.start, child.end) : r.value(child)), [callee, ...node.arguments]);
  }
  const replaced = replacedGlobals[name];
  if (replaced !== undefined) return renamed(node, replaced, r, name === "Array.from" ? (arg) => callback(arg, r) : undefined);
  if (!moving) return verbatim(node, r);
  if (name === "Number") return renamed(node, "toNumber", r);
  if (askingGlobals.has(name)) {
    const asked = (arg: Node): Pieces => (r.moves(arg) ? join(arg.start, `${r.use("primal")}(`, argument(arg, r), ")") : r.value(arg));
    return around(
      node,
      (child) => (child === node.callee ? r.value(child) : child.type === "SpreadElement" ? around(child, asked) : asked(child)),
      [node.callee, ...node.arguments],
    );
  }
  if (name === "Array" && node.arguments.length === 1) return construction(node, r);
  if (/^Object\.(?:keys|values|entries)$/.test(name)) return verbatim(node, r, (arg) => listed(arg, r));
  if (passingGlobals.has(name)) return verbatim(node, r);
  return guarded(node, bare(node.callee), r);
}

/** A call of a function that nothing is known of now: it is looked at when it runs, if an argument moves. */
function guarded(node: Node, callee: Node, r: Rewriting): Pieces {
  if (!movingArguments(node, r)) return verbatim(node, r);
  return join(
    node.start,
    `${r.use("call")}(${r.where(node)}, ${JSON.stringify(nameOf(callee, r))}, `,
    argument(callee, r),
    ...argumentsOf(node, r),
    ")",
  );
}

const nameOf = (callee: Node, r: Rewriting): string =>
  r.file.source.code.slice(callee.start, callee.end).replaceAll(/\s+/g, " ").slice(0, 40);

/** `object.name(…)` */
function method(node: Node, callee: Node, r: Rewriting): Pieces {
  const name = propertyName(callee);
  const object = r.kindOf(callee.object);
  if (name === "subarray") r.value(callee);
  if (object.is === "array" && name !== undefined && (name === "get" || name === "set" || viewMethods.has(name))) {
    const indices = name === "set" ? node.arguments.slice(0, -1) : node.arguments;
    return around(
      node,
      (child) =>
        child === node.callee
          ? calleeOf(child, r)
          : indices.includes(child) && child.type !== "SpreadElement"
            ? r.index(child)
            : r.value(child),
      [node.callee, ...node.arguments],
    );
  }
  const first = node.arguments[0];
  const calls = name !== undefined && callingMethods.has(name) && first !== undefined;
  const known = !calls || isFunction(bare(first)) || r.isRewritten(bare(first)) || isUnaryMath(bare(first), r);
  const become = (arg: Node): Pieces =>
    name !== undefined && listMethods.has(name) && arg === first && calls
      ? callback(arg, r)
      : name !== undefined && writingMethods.test(name)
        ? settledInto(saidOfEntries(callee.object, r), r.kindOf(arg), arg.start, [argument(arg, r)], r)
        : argument(arg, r);
  if (name !== undefined && nativeMethods.has(name) && known && (object.is === "list" || object.is === "none"))
    return verbatim(node, r, become);
  const asks = calls && !nativeMethods.has(name) && name !== "map" && !stands(first, r);
  if (!moves(object) && !movingArguments(node, r) && !asks && known) return verbatim(node, r, become);
  const key = callee.computed ? r.index(callee.property) : JSON.stringify(callee.property.name);
  return join(
    node.start,
    `${r.use("callMethod")}(${r.where(node)}, `,
    argument(callee.object, r),
    ", ",
    key,
    ...argumentsOf(node, r, become),
    ")",
  );
}

/** Whether a function written in place, or rewritten with this one, answers with what does not move. */
function stands(fn: Node, r: Rewriting): boolean {
  const inner = bare(fn);
  if (isFunction(inner)) return !moves(r.movement.resultOf(inner));
  const variable = inner.type === "Identifier" ? r.file.bindings.variableOf(inner) : undefined;
  const named = variable === undefined ? undefined : r.file.bindings.functionOf(variable);
  return named !== undefined && r.movement.isInside(named) && !moves(r.movement.resultOf(named));
}

/** `new Float64Array(n)`, `new Map(…)`, … */
export function construction(node: Node, r: Rewriting): Pieces {
  const name = r.file.bindings.globalName(node.callee);
  if (name === "Float64Array" || name === "Float32Array") return renamed(node, name === "Float64Array" ? "float64" : "float32", r);
  if (name === "Array" && node.arguments.length === 1)
    return around(node, (child) => (child === node.callee ? r.value(child) : r.index(child)));
  if (name === "Function") return r.refuse(node, "new Function hides what it computes; write the code itself");
  if (!movingArguments(node, r) || name === "Array" || name === "Map" || /^(?:\w*Error)$/.test(name ?? ""))
    return around(node, (child) => r.value(child));
  if (name === "Set" || name === "WeakSet")
    return r.refuse(node, `a ${name} tells values apart by identity, numbers that move are objects; give it primal(x)`);
  return r.refuse(
    node,
    `new ${nameOf(node.callee, r)} takes numbers that move out of sight; use a record, or make it outside of the marked function`,
  );
}
