import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  callable,
  concat,
  copy,
  derivative,
  dot,
  exp,
  gradient,
  hvp,
  jacobian,
  max,
  mean,
  mul,
  NotTraceableError,
  primal,
  pullback,
  pushforward,
  rrule,
  type Scalar,
  similar,
  sin,
  stack,
  sub,
  sum,
  toNested,
  withGradient,
  ZeroTangent,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

interface Escaped {
  readonly numbers: Readonly<Record<string, Scalar>>;
  readonly arrays: Readonly<Record<string, AnyArray>>;
  readonly structures: Readonly<Record<string, unknown>>;
}

/** Runs a differentiation call out of which everything escapes that can. */
const calls: Record<string, (f: (x: Scalar, a: AnyArray) => Scalar) => void> = {
  gradient: (f) => gradient(f, 2, array([1, 2, 3])),
  pullback: (f) => pullback(f, 2, array([1, 2, 3])),
  pushforward: (f) => pushforward(f, [2, array([1, 2, 3])], [1, array([1, 1, 1])]),
  "a gradient that threw": (f) => {
    assert.throws(() =>
      gradient(
        (x, a) => {
          f(x, a);
          throw new Error("out");
        },
        2,
        array([1, 2, 3]),
      ),
    );
  },
};

function escapeFrom(call: (f: (x: Scalar, a: AnyArray) => Scalar) => void): Escaped {
  let escaped: Escaped | undefined;
  call((x, a) => {
    const result = mul(a, a);
    const written = similar(a);
    const rewritten = mul(a, 2);
    for (let k = 0; k < 3; k++) {
      written.set(k, mul(x, k));
      rewritten.set(k, x);
    }
    escaped = {
      numbers: { argument: x, product: mul(x, x), entry: a.get(0), "entry of a result": result.get(1), sum: sum(a) },
      arrays: {
        argument: a,
        "view of the argument": a.step(-1),
        "entry as a view": a.lo(1).hi(1),
        result,
        "view of a result": result.lo(1),
        written,
        "view of a written one": written.step(-1),
        "written result": rewritten,
        stacked: stack([x, x, x]) as AnyArray,
        copy: copy(a),
      },
      structures: {
        record: { name: "r", w: x },
        "record of an array": { v: a },
        list: [1, x],
        nested: { deep: [{ x }] },
        callable: callable({ w: x }, (p: { w: Scalar }, z: Scalar) => mul(p.w, z)),
      },
    };
    return x;
  });
  return escaped as Escaped;
}

const refused = (run: () => unknown, who: string): void => {
  try {
    fails(
      run,
      NotTraceableError,
      "a traced value was used after its differentiation call had ended",
      "return it from the function",
      "primal(x)",
    );
  } catch (error) {
    throw new Error(`${who}: ${(error as Error).message}`);
  }
};

/** What can be done with a number; each must be refused. */
const numberUses: Record<string, (x: Scalar) => unknown> = {
  "x + 1": (x) => add(x, 1),
  "1 − x": (x) => sub(1, x),
  "x · x": (x) => mul(x, x),
  sin,
  "times an array": (x) => mul(x, array([1, 2])),
  "with a fresh traced number": (x) => gradient((y) => mul(x, y), 3),
  "with a fresh dual number": (x) => derivative((y) => add(y, x), 3),
  "in a fresh writable array": (x) =>
    gradient(
      (a) => {
        const y = similar(a);
        y.set(0, x);
        return sum(y);
      },
      array([1, 2]),
    ),
  "stacked with others": (x) => stack([1, x]),
  "argument of gradient": (x) => gradient((y) => mul(y, 2), x),
  "argument that f ignores": (x) => gradient(() => 1, x),
  "argument that f returns": (x) => withGradient((y) => y, x),
  "argument of pullback": (x) => pullback((y) => y, x),
  "argument of pushforward": (x) => pushforward((y) => y, [x], [1]),
  "tangent of pushforward": (x) => pushforward((y) => y, [1], [x]),
  "seed of a pullback": (x) => pullback((y) => y, 1)[1](x),
  "point of derivative": (x) => derivative((y) => y, x),
  "point of jacobian": (x) => jacobian((y) => y, x),
  "direction of hvp": (x) => hvp((y) => mul(y, y), 1, x as number),
  "result of gradient": (x) => gradient(() => x, 1),
  "result of pullback": (x) => pullback(() => x, 1),
  "result of pushforward": (x) => pushforward(() => x, [1], [1]),
  "part of a result": (x) => pullback((y) => ({ y, list: [x] }), 1),
  "rrule's argument": (x) => rrule(sin, x),
};

const arrayUses: Record<string, (a: AnyArray) => unknown> = {
  sum,
  mean,
  max,
  sin,
  "times 2": (a) => mul(a, 2),
  "times itself": (a) => mul(a, a),
  dot: (a) => dot(a, a),
  concat: (a) => concat([a, array([1])]),
  "sum of a copy": (a) => sum(copy(a)),
  "sum of a view": (a) => sum(a.step(-1)),
  "an entry, doubled": (a) => mul(a.get(0), 2),
  "with a fresh traced number": (a) => gradient((y) => sum(mul(a, y)), 3),
  "with a fresh dual number": (a) => derivative((y) => sum(mul(a, y)), 3),
  "argument of gradient": (a) => gradient((b) => sum(b), a),
  "argument that f ignores": (a) => gradient(() => 1, a),
  "argument of pullback": (a) => pullback((b) => b, a),
  "argument of pushforward": (a) => pushforward((b) => b, [a], [ZeroTangent]),
  "tangent of pushforward": (a) => pushforward((b) => b, [copyOf(a)], [a]),
  "seed of a pullback": (a) => pullback((b) => b, copyOf(a))[1](a),
  "result of gradient": (a) => gradient(() => sum(a), 1),
  "result of pullback": (a) => pullback(() => a, 1),
  "result of pushforward": (a) => pushforward(() => [a], [1], [1]),
};
const copyOf = (a: AnyArray): AnyArray => array(toNested(primal(a)) as number[]);

const structureUses: Record<string, (x: unknown) => unknown> = {
  "argument of gradient": (x) => gradient(() => 1, x),
  "argument of pullback": (x) => pullback((y) => y as never, x),
  "argument of pushforward": (x) => pushforward(() => 1, [x], [ZeroTangent]),
  "part of a result of pullback": (x) => pullback(() => ({ x }) as never, 1),
  "part of a result of pushforward": (x) => pushforward(() => [x] as never, [1], [1]),
};

for (const [name, call] of Object.entries(calls)) {
  const { numbers, arrays, structures } = escapeFrom(call);
  test(`a number that escaped from ${name} is refused wherever it is used, and its plain number can be read`, () => {
    for (const [what, x] of Object.entries(numbers)) {
      for (const [use, run] of Object.entries(numberUses)) refused(() => run(x), `${what}: ${use}`);
      assert.type(primal(x), "number");
    }
  });

  test(`an array that escaped from ${name} is refused wherever it is used, and its plain numbers can be read`, () => {
    for (const [what, a] of Object.entries(arrays)) {
      for (const [use, run] of Object.entries(arrayUses)) refused(() => run(a), `${what}: ${use}`);
      assert.type(primal(a).get(0), "number");
    }
  });

  test(`a structure of what escaped from ${name} is refused as a whole`, () => {
    for (const [what, x] of Object.entries(structures)) {
      for (const [use, run] of Object.entries(structureUses)) refused(() => run(x), `${what}: ${use}`);
    }
    refused(() => (structures["callable"] as (z: Scalar) => Scalar)(3), "callable: called");
  });

  test(`writing into an array that escaped from ${name} does not make it usable`, () => {
    for (const what of ["result", "written"]) {
      const a = arrays[what] as AnyArray;
      refused(() => {
        a.set(0, 1);
        return sum(a);
      }, what);
    }
    fails(() => arrays["argument"]?.set(0, 1), TypeError, "read-only");
  });
}

test("what an inner call lets escape is refused in the outer one, which goes on", () => {
  const [g] = gradient((x) => {
    let inside: Scalar = 0;
    const [slope] = gradient((y) => {
      inside = mul(x, mul(y, y));
      return inside;
    }, 3);
    refused(() => mul(x, inside), "inner product");
    return mul(slope as Scalar, exp(mul(0, x)));
  }, 2);
  assert.is(g, 6);
});

test("a pullback over an outer call's values is refused after that call has ended", () => {
  let late: ((ybar: unknown) => unknown) | undefined;
  const [g] = gradient((x) => {
    const [y, back] = pullback((z) => mul(sin(z), x), 2);
    late = back;
    return mul(y, back(1)[0] as Scalar);
  }, 3);
  assert.ok(Math.abs(g - 2 * 3 * Math.sin(2) * Math.cos(2)) < 1e-12);
  refused(() => late?.(1), "late pullback");
});

test.run();
