import { test } from "uvu";
import * as assert from "uvu/assert";
import { accumulate } from "../../lib/core/index.js";
import {
  add,
  array,
  callable,
  concat,
  configure,
  defineRule,
  frule,
  gradient,
  hvp,
  jacobian,
  mul,
  NoTangent,
  primal,
  projectTo,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  stack,
  stopGradient,
  sum,
  vhp,
  withGradient,
  ZeroTangent,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

interface Node {
  value: Scalar;
  next?: unknown;
  parent?: Node;
  children: Node[];
}

/** Structures that contain themselves, and the way back that the message shows. */
const cyclic: Record<string, readonly [make: () => unknown, way: RegExp]> = {
  "a record in itself": [
    () => {
      const record: Node = { value: 1, children: [] };
      record.next = record;
      return record;
    },
    /x\.next is x again/,
  ],
  "a list in itself": [
    () => {
      const list: unknown[] = [1, 2];
      list.push(list);
      return list;
    },
    /x\[2\] is x again/,
  ],
  "a tree whose nodes know their parent": [
    () => {
      const root: Node = { value: 1, children: [] };
      for (let k = 0; k < 3; k++) {
        const child: Node = { value: k, children: [], parent: root };
        child.children.push({ value: 0, children: [], parent: child });
        root.children.push(child);
      }
      return root;
    },
    /x(\.\w+|\[\d\])+ is x again/,
  ],
  "a ring of a hundred": [
    () => {
      const nodes = Array.from({ length: 100 }, (_, k): Node => ({ value: k, children: [] }));
      nodes.forEach((node, k) => {
        node.next = nodes[(k + 1) % 100];
      });
      return nodes[0];
    },
    /x(\.next){100} is x again/,
  ],
  "an instance that holds itself in a list": [
    () =>
      new (class {
        readonly held: unknown[] = [this];
      })(),
    /x(\.held\[0\]|\[0\]\.held) is x again/,
  ],
};

const message = "a list or record that contains itself cannot be walked";

/** What can be done with a structure; each must be refused without running out of stack. */
const uses: Record<string, (x: unknown) => unknown> = {
  gradient: (x) => gradient(() => 1, x),
  "gradient, second argument": (x) => withGradient((y) => y, 1, { x }),
  pullback: (x) => pullback(() => 1, x),
  pushforward: (x) => pushforward(() => 1, [x], [ZeroTangent]),
  "tangent of pushforward": (x) => pushforward(() => 1, [x], [x]),
  hvp: (x) => hvp(() => 1, x, x),
  vhp: (x) => vhp(() => 1, x, x),
  "result of pullback": (x) => pullback(() => x as never, 1),
  "result of pushforward": (x) => pushforward(() => x as never, [1], [1]),
  "a callable's parameters": (x) =>
    gradient(
      (f) => (f as () => number)(),
      callable(x, () => 1),
    ),
  "argument of a function": (x) => concat([x, x] as never),
  "argument of a function, beside a traced number": (x) => gradient((y) => stack([y, x] as never) as never, 1),
  "argument of a rule": (x) =>
    gradient((y) => defineRule((a: Scalar, _p: unknown) => a, { rrule: (a) => [a, () => [NoTangent, 1, ZeroTangent]] })(y, x) as Scalar, 1),
  primal,
  stopGradient,
  projectTo: (x) => projectTo(x)(x),
  accumulate: (x) => accumulate(x, x),
  "frule's tangent": (x) => frule([NoTangent, x], (a: unknown) => a, x) ?? projectTo(x)(x),
  rrule: (x) => rrule(sum, x)?.[1](1),
};

for (const [title, [make, way]] of Object.entries(cyclic)) {
  test(`${title} is refused wherever it is given, with the way back to itself`, () => {
    for (const [use, run] of Object.entries(uses)) {
      try {
        fails(() => run(make()), TypeError, message);
      } catch (error) {
        throw new Error(`${use}: ${(error as Error).message}`);
      }
    }
    assert.throws(() => gradient(() => 1, make()), way);
  });
}

test("in checked mode, too", () => {
  configure({ checked: true });
  try {
    for (const [make] of Object.values(cyclic)) fails(() => gradient(() => 1, make()), TypeError, message);
  } finally {
    configure({ checked: false });
  }
});

test("a structure that f closes over, or keeps behind a function, may contain itself", () => {
  const root: Node = { value: 3, children: [] };
  root.parent = root;
  assert.equal(
    gradient((x) => mul(x, (root.parent as Node).value), 2),
    [3],
  );
  const [g] = gradient((p) => mul(p.x, p.root().value), { x: 2, root: () => root });
  assert.equal([g.x, g.root as unknown], [3, NoTangent]);
});

test("a record that holds itself only in a function, a map or a hidden field is no cycle", () => {
  const record: { x: number; self: unknown; table: unknown } = { x: 2, self: () => record, table: undefined };
  record.table = new Map([["self", record]]);
  Object.defineProperty(record, "hidden", { value: record, enumerable: false });
  assert.is(gradient((p) => mul(p.x, p.x), record)[0].x, 4);
});

test("shared parts are no cycle, however often they are shared", () => {
  let shared: unknown = { w: 1 };
  for (let k = 0; k < 8; k++) shared = [shared, shared];
  const total = (x: unknown): Scalar =>
    Array.isArray(x) ? x.reduce((sum: Scalar, part) => add(sum, total(part)), 0) : (x as { w: Scalar }).w;
  const { value } = withGradient((x) => total(x), shared);
  assert.is(value, 256);
});

test("structures a few hundred deep work; those without an end in sight are refused with a cure", () => {
  const nest = (depth: number): unknown => {
    let x: unknown = 3;
    for (let k = 0; k < depth; k++) x = k % 2 === 0 ? [x] : { x };
    return x;
  };
  const innermost = (x: unknown): Scalar => {
    let part = x;
    while (typeof part === "object" && part !== null && (Array.isArray(part) || Object.hasOwn(part, "x"))) {
      part = Array.isArray(part) ? part[0] : (part as { x: unknown }).x;
    }
    return part as Scalar;
  };
  for (const depth of [100, 900]) {
    const [g] = gradient((x) => mul(innermost(x), innermost(x)), nest(depth));
    assert.is(innermost(g), 6);
    const [, dy] = pushforward((x) => [mul(innermost(x), 2), x], [nest(depth)], [g]) as [unknown, [number, unknown]];
    assert.equal([dy[0], innermost(dy[1])], [12, 6]);
    assert.is(innermost(accumulate(g, g)), 12);
  }
  for (const depth of [2_000, 100_000])
    fails(() => gradient(() => 1, nest(depth)), TypeError, "nest more than 1000 deep", "a list of parts");
});

test("an operand must be an array, even in a cycle: operators that take no structure say so first", () => {
  const list: unknown[] = [];
  list.push(list);
  fails(() => jacobian((x) => x, list as never), TypeError, "jacobian: x is a list of length 1; a number or an array of floats is needed");
  assert.is(gradient((x) => sum(x), array([1]))[0].size, 1);
});

test.run();
