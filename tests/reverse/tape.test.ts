import { test } from "uvu";
import * as assert from "uvu/assert";
import { TracedNumber, TracedScalar } from "../../lib/core/index.js";
import {
  type AnyArray,
  add,
  cos,
  defineRule,
  derivative,
  gradient,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  type Scalar,
  similar,
  sin,
  sum,
} from "../../lib/index.js";
import { rowMajor } from "../../lib/nd/index.js";

/** The number of slots in use on the tape of a traced value's call. */
function slotsIn(x: Scalar | AnyArray): number {
  const { level } = (typeof x !== "number" && "shape" in x ? x.data : x) as { level: { tape: { size: number } } };
  return level.tape.size;
}

/** How many slots `run` takes. */
function slotsOf(x: Scalar | AnyArray, run: () => void): number {
  const before = slotsIn(x);
  run();
  return slotsIn(x) - before;
}

/** How many entries of arrays are numbered on the tape of a traced array. */
function entriesIn(x: AnyArray): number {
  return (x.data as { level: { tape: { entries: number } } }).level.tape.entries;
}

test("a tape that grows where entries are numbered keeps them", () => {
  for (let before = 250; before < 262; before++) {
    const [g] = gradient(
      (x) => {
        let s: Scalar = 0;
        for (let k = 0; k < before; k++) s = add(s, 0);
        const y = mul(x, x);
        s = sum(x);
        for (let k = 0; k < before; k++) s = add(s, 0);
        return add(s, mul(y.get(0), y.get(1)));
      },
      rowMajor(Float64Array.of(2, 3), [2]),
    );
    assert.equal([...g.data], [1 + 4 * 9, 1 + 6 * 4]);
  }
});

const vector = (n: number): NdArray =>
  rowMajor(
    Float64Array.from({ length: n }, (_, k) => Math.cos(k)),
    [n],
  );

test("a chain of 10⁶ scalar operations differentiates without recursion, one slot for each", () => {
  const chain =
    (n: number) =>
    (x: Scalar): Scalar => {
      let y = x;
      for (let k = 0; k < n; k++) y = add(y, x);
      return y;
    };
  assert.equal(gradient(chain(1_000_000), 0.5), [1_000_001]);
  assert.equal(pullback(chain(100_000), 0.5)[1](2), [200_002]);
  gradient((x) => {
    for (const n of [1000, 100_000])
      assert.is(
        slotsOf(x, () => chain(n)(x)),
        n,
      );
    return x;
  }, 0.5);
});

test("reverse over reverse through many small parts of a large array", () => {
  const [rows, cols] = [1000, 1000];
  const x = rowMajor(
    Float64Array.from({ length: rows * cols }, (_, k) => Math.cos(k)),
    [rows, cols],
  );
  const f = (a: AnyArray): Scalar => {
    let y: AnyArray = a.pick(0, null).hi(2);
    for (let k = 1; k < rows; k++) y = sin(add(y, a.pick(k, null).hi(2))) as AnyArray;
    return sum(y);
  };
  const [g] = gradient((a) => gradient(f, a)[0].get(rows - 1, 0), x);
  // ∂f/∂x = cos(u) at the last row's first entry, u being what the last sine is taken of.
  let u = x.get(0, 0);
  for (let k = 1; k < rows; k++) u = (k === 1 ? u : Math.sin(u)) + x.get(k, 0);
  assert.ok(Math.abs(g.get(rows - 1, 0) + Math.sin(u)) < 1e-12);
  assert.is(g.get(rows - 1, 1), 0);
});

test("a second derivative sees parts, the whole array and plain numbers meet in one cotangent, in any order", () => {
  const x = rowMajor(Float64Array.of(0.3, -0.5, 0.8, 1.1), [2, 2]);
  const square = (a: AnyArray): AnyArray => mul(a, a) as AnyArray;
  const uses: readonly ((a: AnyArray) => Scalar)[] = [
    (a) => sum(mul(square(a.pick(0, null) as AnyArray), a.pick(0, null)) as AnyArray),
    (a) => sum(mul(square(a), a) as AnyArray),
    (a) => sum(a),
    (a) => mul(a.get(1, 0), mul(a.get(1, 0), a.get(1, 0))) as Scalar,
    (a) => sum(mul(square(a.pick(null, 1) as AnyArray), a.pick(null, 1)) as AnyArray),
  ];
  // Each of them gives 3 x² to the gradient where it reads, 6 x to its derivative; `sum` gives 1 and 0.
  const counts = [2, 3, 2, 2];
  for (let turn = 0; turn < uses.length; turn++) {
    const order = [...uses.slice(turn), ...uses.slice(0, turn)];
    const f = (a: AnyArray): Scalar => order.reduce<Scalar>((total, use) => add(total, use(a)) as Scalar, 0);
    const [g] = gradient((a) => sum(gradient(f, a)[0]), x);
    counts.forEach((count, k) => {
      const entry = x.data[k] as number;
      assert.ok(Math.abs((gradient(f, x)[0].data[k] as number) - (1 + 3 * count * entry ** 2)) < 1e-12);
      assert.ok(Math.abs((g.data[k] as number) - 6 * count * entry) < 1e-12);
    });
  }
});

test("a chain of 10⁵ operations differentiates twice, and through rules that leave closures", () => {
  const pass = defineRule((x: Scalar): Scalar => add(x, 1), {
    frule: ([, dx], x) => [add(x, 1), dx],
    rrule: (x) => [add(x, 1), (ybar) => [NoTangent, ybar]],
  });
  const closures = (x: Scalar): Scalar => {
    let y = x;
    for (let k = 0; k < 100_000; k++) y = pass(y) as Scalar;
    return mul(y, y);
  };
  assert.equal(gradient(closures, 1), [200_002]);
  const curved = (x: Scalar): Scalar => {
    let y = x;
    for (let k = 0; k < 5_000; k++) y = add(y, mul(4e-9, mul(x, x)));
    return y;
  };
  const expected = 4e-5;
  assert.ok(Math.abs((derivative((x) => gradient(curved, x)[0] as Scalar, 1) as number) - expected) < 1e-12);
  assert.ok(Math.abs((gradient((x) => gradient(curved, x)[0] as Scalar, 1)[0] as number) - expected) < 1e-12);
});

test("a scalar operation takes one slot", () => {
  gradient(
    (x, y) => {
      assert.is(
        slotsOf(x, () => mul(x, y)),
        1,
      );
      assert.is(
        slotsOf(x, () => sin(x)),
        1,
      );
      assert.is(
        slotsOf(x, () => add(x, 5)),
        1,
      );
      return x;
    },
    1,
    2,
  );
});

test("reading entries one by one takes one slot for all of them and a number for each, however often each is read", () => {
  gradient((x) => {
    const first = slotsOf(x, () => {
      for (let k = 0; k < x.size; k++) x.get(k);
    });
    assert.is(first, 1);
    assert.is(entriesIn(x), x.size);
    const rest = slotsOf(x, () => {
      for (let k = 0; k < x.size; k++) x.step(-1).get(k);
    });
    assert.is(rest, 0);
    assert.is(entriesIn(x), x.size);
    return sum(x);
  }, vector(10_000));
});

test("taking a view takes no slot, nor does writing an entry", () => {
  gradient((x) => {
    const y = similar(x);
    assert.is(
      slotsOf(x, () => x.lo(1).hi(5).step(-1)),
      0,
    );
    const entry = x.get(0);
    assert.is(
      slotsOf(x, () => {
        for (let k = 0; k < y.size; k++) y.set(k, entry);
      }),
      0,
    );
    return sum(y);
  }, vector(100));
});

test("a sum of a view takes one slot, whatever its size", () => {
  gradient((x) => {
    assert.is(
      slotsOf(x, () => sum(x.lo(3))),
      1,
    );
    return sum(x);
  }, vector(1000));
});

test("an array operation takes slots only where its entries are read one by one", () => {
  gradient((x) => {
    let y: AnyArray = x;
    assert.is(
      slotsOf(x, () => {
        y = mul(x, x);
      }),
      1,
    );
    assert.is(
      slotsOf(x, () => y.get(3)),
      1,
    );
    assert.is(entriesIn(x), y.size);
    return sum(y);
  }, vector(1000));
});

test("10⁴ single reads of a matrix: the tape grows by the entries and the operations, no more", () => {
  const [g] = gradient(
    (x) => {
      const used = slotsOf(x, () => {
        let total: Scalar = 0;
        for (let i = 0; i < 100; i++) for (let j = 0; j < 100; j++) total = add(total, mul(x.get(i, j), x.get(j, i)));
      });
      assert.is(used, 1 + 2 * 10_000 - 1 + 1);
      assert.is(entriesIn(x), 10_000);
      return sum(x);
    },
    rowMajor(new Float64Array(10_000), [100, 100]),
  );
  assert.is(g.get(0, 0), 1);
});

test("tapes that are used again start empty", () => {
  const sizes: number[] = [];
  for (let k = 0; k < 3; k++) {
    gradient((x) => {
      sizes.push(slotsIn(x));
      return sin(cos(sin(x)));
    }, 1);
  }
  assert.equal(sizes, [sizes[0], sizes[0], sizes[0]]);
});

test("traced and dual numbers are made by plain functions: tools that keep names slow neither down", () => {
  const made: Scalar[] = [];
  const keep = (x: Scalar): Scalar => made[made.push(x) - 1] as Scalar;
  gradient(keep, 1);
  derivative(keep, 1);
  const [traced, dual] = made as [object, object];
  for (const x of [traced, dual]) assert.not.match(Function.prototype.toString.call(x.constructor), /^class\b/);
  assert.equal([traced, dual].map(Object.keys), [
    ["level", "primal", "slot"],
    ["level", "primal", "tangent"],
  ]);
  for (const x of made) assert.instance(x, TracedNumber);
});

test("numbers that are plain below have a class of their own: what nested calls make is none of them", () => {
  const made: Scalar[] = [];
  const keep = (x: Scalar): Scalar => made[made.push(x) - 1] as Scalar;
  gradient((x) => (gradient((y) => keep(mul(x, y)), 1) as [Scalar])[0], 1);
  derivative((x) => derivative((y) => keep(mul(x, y)), 1), 1);
  gradient((x) => derivative((y) => keep(mul(x, y)), 1), 1);
  derivative((x) => (gradient((y) => keep(mul(x, y)), 1) as [Scalar])[0], 1);
  assert.is(made.length, 4);
  for (const x of made) {
    assert.instance(x, TracedScalar);
    assert.not.instance(x, TracedNumber);
  }
});

test.run();
