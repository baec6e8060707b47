import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  copy,
  derivative,
  gradient,
  mul,
  type NdArray,
  NotTraceableError,
  pushforward,
  type Scalar,
  similar,
  sum,
  toNested,
  zeros,
} from "../../../lib/index.js";
import { fails } from "../../helpers/fails.js";

/** Runs a body on a traced array in both modes. */
function inBothModes(body: (x: AnyArray) => unknown, x: NdArray = array([1, 2, 3])): void {
  const f = (a: AnyArray): Scalar => {
    body(a);
    return sum(a);
  };
  gradient(f, x);
  pushforward(f, [x], [x]);
}

/** Runs a body on a traced number in both modes. */
function onNumbers(body: (x: Scalar) => unknown): void {
  const f = (a: Scalar): Scalar => {
    body(a);
    return a;
  };
  gradient(f, 2);
  derivative(f, 2);
}

type Loose = { data: Record<string | number, unknown> & Iterable<unknown> };
const raw = (x: AnyArray): Loose["data"] => (x as unknown as Loose).data;
const loose = (x: unknown): number => x as number;

test("reading x.data[0] of a traced array throws and names x.get", () => {
  inBothModes((x) => {
    for (const y of [x, mul(x, 2), copy(x), similar(x), x.lo(1)]) {
      for (const index of [0, 2, 99, -1]) fails(() => raw(y)[index], NotTraceableError, `x.data[${index}]`, "x.get(", "primal(x)");
    }
  });
});

test("writing x.data[0] of a traced array throws and names x.set", () => {
  inBothModes((x) => {
    for (const y of [x, mul(x, 2), copy(x), similar(x)]) {
      fails(
        () => {
          raw(y)[0] = 1;
        },
        NotTraceableError,
        "x.data[0]",
        "x.set(",
      );
    }
  });
});

test("taking a traced array's data for a typed array throws and names the cure", () => {
  inBothModes((x) => {
    const uses: (() => unknown)[] = [
      () => [...raw(x)],
      () => new Float64Array(raw(x) as never),
      () => Array.from(raw(x)),
      () => (raw(x)["map"] as () => unknown)(),
      () => (raw(x)["slice"] as () => unknown)(),
      () => (raw(x)["subarray"] as () => unknown)(),
      () => (raw(x)["reduce"] as () => unknown)(),
      () => (raw(x)["fill"] as () => unknown)(),
    ];
    for (const use of uses) fails(use, NotTraceableError, "x.data", "x.get(");
  });
});

test("a traced array can be looked at by tools", () => {
  inBothModes((x) => {
    assert.is(raw(x)["length"], 3);
    assert.is(Object.prototype.toString.call(raw(x)), "[object Object]");
    assert.is(raw(x)["then"], undefined);
  });
});

test("JavaScript's operators refuse a traced number and say what to write", () => {
  onNumbers((a) => {
    const x = loose(a);
    const uses: (() => unknown)[] = [
      () => x * 2,
      () => x + 1,
      () => 1 - x,
      () => x / x,
      () => -x,
      () => x ** 2,
      () => x < 1,
      () => 1 >= x,
      () => Math.sin(x),
      () => Math.max(x, 0),
      () => [1, 2][x],
    ];
    for (const use of uses.slice(0, -1)) fails(use, NotTraceableError, "add(a, b), mul(a, b), less(a, b)", "primal(x)");
    fails(uses[uses.length - 1] as () => unknown, NotTraceableError, "string", "primal(x)");
  });
});

test("a template string refuses a traced number", () => {
  onNumbers((x) => {
    fails(() => `${loose(x)}`, NotTraceableError, "string", "primal(x)");
    fails(() => String(x), NotTraceableError, "string");
  });
});

test("a plain array refuses a traced number and names similar", () => {
  onNumbers((a) => {
    const x = loose(a);
    const uses: (() => unknown)[] = [
      () => zeros([2]).set(0, x),
      () => array([[1, 2]]).set(0, 1, x),
      () => zeros([2], { dtype: "float32" }).set(1, x),
      () => {
        new Float64Array(2)[0] = x;
      },
      () => Float64Array.of(x),
      () => new Float64Array(2).fill(x),
    ];
    for (const use of uses) fails(use, NotTraceableError, "similar(x, shape, { holds: [a] })");
  });
});

test("a traced number is no index of a plain array", () => {
  onNumbers((x) => fails(() => array([1, 2, 3]).get(loose(x)), NotTraceableError, "primal(x)"));
});

test("a 0-d view of a traced array refuses operators as its element would", () => {
  inBothModes((x) => {
    const view = loose(x.pick(1));
    fails(() => view * 2, NotTraceableError, "add(a, b)");
    fails(() => view < 2, NotTraceableError, "less(a, b)");
    fails(() => `${view}`, NotTraceableError, "string");
  });
});

test("a 0-d view of plain numbers still works in operators", () => {
  assert.is(loose(array([1, 5]).pick(1)) * 2, 10);
  inBothModes((x) => {
    const y = similar(x);
    y.set(1, 5);
    assert.is(loose(y.pick(1)) * 2, 10);
  });
});

test("set refuses what is no number", () => {
  inBothModes((x) => {
    const y = copy(x);
    fails(() => y.set(0, "1" as never), TypeError, "set:", "string");
    fails(() => y.set(0, undefined as never), TypeError, "set:", "undefined");
    fails(() => y.set(1), TypeError, "set:", "last argument");
    fails(() => y.set(0, x as never), TypeError, "set:");
    fails(() => y.set(0, true as never), TypeError, "set:", "got true");
  });
});

test("an index that leaves the array throws, on reading and on writing", () => {
  inBothModes((x) => {
    for (const y of [x, mul(x, 2), copy(x)]) {
      for (const index of [3, -1, 0.5, Number.NaN]) fails(() => y.get(index), RangeError, "leaves axis 0", "an integer from 0 to 2");
    }
    const y = copy(x);
    for (const index of [3, -1, 0.5, Number.NaN]) fails(() => y.set(index, 1), RangeError, "leaves axis 0");
    const written = mul(x, 2);
    written.set(0, 1);
    for (const index of [3, -1, 0.5, Number.NaN]) fails(() => written.get(index), RangeError, "leaves axis 0");
    assert.equal(
      [0, 1, 2].map((i) => loose(y.get(i)) !== undefined),
      [true, true, true],
    );
  });
});

test("too few indices throw", () => {
  inBothModes(
    (x) => {
      fails(() => x.get(1), TypeError, "got 1 index");
      fails(() => x.get(), TypeError, "got 0 indices");
    },
    array([
      [1, 2],
      [3, 4],
    ]),
  );
});

test("inputs are read-only, through all of their views, and the message names copy", () => {
  inBothModes((x) => {
    for (const y of [x, x.lo(1), x.hi(2), x.step(-1), x.pick(0), x.transpose(0)]) {
      const indices = y.dimension === 0 ? [] : [0];
      fails(() => y.set(...(indices as []), 5), TypeError, "read-only", "copy(x)");
    }
  });
});

test("a refused write leaves the array as it was", () => {
  const [g] = gradient(
    (x) => {
      fails(() => x.set(0, 5), TypeError, "read-only");
      const y = copy(x);
      fails(() => y.set(0, "s" as never), TypeError);
      fails(() => y.set(9, 1), RangeError);
      return sum(mul(y, y));
    },
    array([1, 2]),
  );
  assert.equal(toNested(g), [2, 4]);
});

test("adding to plain and traced values keeps both apart: the plain array is untouched", () => {
  const w = array([1, 2]);
  inBothModes((x) => add(w, x.lo(1)), array([1, 2, 3]));
  assert.equal(toNested(w), [1, 2]);
});

test.run();
