import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyArray,
  add,
  array,
  defineRule,
  gradient,
  hvp,
  mul,
  type NdArray,
  NoTangent,
  pullback,
  pushforward,
  type Scalar,
  sum,
  toNested,
  vhp,
  ZeroTangent,
} from "../../lib/index.js";
import { fails } from "../helpers/fails.js";

class Shape {
  readonly label: string = "shape";
  get area(): Scalar {
    return 0;
  }
  scaled(by: Scalar): Scalar {
    return mul(this.area, by);
  }
}

class Box extends Shape {
  w: Scalar;
  h: Scalar;
  parts: Box[] = [];
  constructor(w: Scalar, h: Scalar) {
    super();
    this.w = w;
    this.h = h;
  }
  override get area(): Scalar {
    return this.parts.reduce((total: Scalar, part) => add(total, part.area), mul(this.w, this.h));
  }
  set width(w: Scalar) {
    this.w = w;
  }
  doubled(): Box {
    return new Box(mul(2, this.w), this.h);
  }
  static square(w: Scalar): Box {
    return new Box(w, w);
  }
}

const boxes = (): Box => {
  const box = new Box(3, 4);
  box.parts.push(new Box(5, 6), Box.square(7));
  return box;
};

/** Box is no plain record in types; the engines take it as one. */
const over = (f: (box: Box) => unknown): never => f as never;

test("methods, inherited ones, accessors and setters of the prototype work inside f; the gradient is an instance too", () => {
  const [g] = gradient(
    over((box) => {
      assert.instance(box, Box);
      assert.is(box.label, "shape");
      return add(box.scaled(2), box.doubled().area);
    }),
    boxes(),
  ) as unknown as [Box];
  assert.instance(g, Box);
  assert.instance(g.parts[0], Box);
  assert.equal([g.w, g.h, g.label as unknown], [2 * 4 + 2 * 4, 2 * 3 + 2 * 3, NoTangent]);
  assert.equal(
    g.parts.map(({ w, h }) => [w, h]),
    [
      [12, 10],
      [14, 14],
    ],
  );
  const [s] = gradient(
    over((box) => {
      box.width = mul(box.w, box.w);
      return box.area;
    }),
    new Box(3, 4),
  ) as unknown as [Box];
  assert.equal([s.w, s.h], [24, 9]);
});

test("forward mode: instances as arguments, tangents and results", () => {
  assert.is(
    pushforward(
      over((box) => box.area),
      [boxes()],
      [{ w: 1, parts: [new Box(0, 1), ZeroTangent] }],
    )[1],
    4 + 5,
  );
  const [y, dy] = pushforward((w) => Box.square(mul(w, w)) as never, [3], [1]) as unknown as [Box, Box];
  assert.instance(y, Box);
  assert.instance(dy, Box);
  assert.equal([y.w, dy.w, dy.label as unknown], [9, 6, NoTangent]);
});

test("pullbacks of functions that return instances take records and instances", () => {
  const [y, back] = pullback((w) => new Box(w, mul(w, w)) as never, 3) as unknown as [Box, (ybar: unknown) => number[]];
  assert.is(y.area, 27);
  assert.equal([back({ w: 1 }), back({ h: 1 }), back(new Box(1, 1))], [[1], [6], [7]]);
});

test("Hessian products over instances are instances", () => {
  const f = over((box) => mul(box.area, box.w));
  for (const product of [hvp(f, new Box(3, 4), new Box(1, 0)), vhp(f, new Box(1, 0), new Box(3, 4))] as unknown as Box[]) {
    assert.instance(product, Box);
    assert.equal([product.w, product.h], [2 * 4, 2 * 3]);
  }
});

test("a rule that takes an instance may return its cotangent as a record", () => {
  const area = defineRule((box: Box): Scalar => mul(box.w, box.h), {
    rrule: (box) => [mul(box.w, box.h), (ybar) => [NoTangent, { w: mul(ybar, box.h), h: mul(ybar, box.w) }]],
  });
  const [g] = gradient(
    over((box) => mul(2, area(box as never) as Scalar)),
    new Box(3, 4),
  ) as unknown as [Box];
  assert.instance(g, Box);
  assert.equal([g.w, g.h], [8, 6]);
  assert.is(
    pushforward(
      over((box) => area(box as never)),
      [new Box(3, 4)],
      [{ w: 1 }],
    )[1],
    4,
  );
});

test("a field that is computed from others is computed from traced ones, and is no part of the gradient", () => {
  const record = {
    w: 3,
    get square(): Scalar {
      return mul(this.w, this.w);
    },
  };
  assert.equal(gradient((p) => mul(p.square, 2), record as unknown as { w: number; square: number }) as unknown, [{ w: 12 }]);
  assert.is(pushforward((p) => p.square, [record as unknown as { w: number; square: number }], [{ w: 1 }])[1], 6);
});

test("a field with a getter and a setter holds a number as any other", () => {
  let kept = 3;
  const record = {
    get w(): number {
      return kept;
    },
    set w(w: number) {
      kept = w;
    },
  };
  assert.equal(
    gradient((p) => mul(p.w, p.w), record),
    [{ w: 6 }],
  );
  assert.is(kept, 3);
});

test("fields under symbols and hidden fields reach f as they are", () => {
  const key = Symbol("key");
  const record: { w: number; [key]: number; hidden?: number } = { w: 3, [key]: 5 };
  Object.defineProperty(record, "hidden", { value: 7, enumerable: false });
  assert.equal(
    gradient(
      (p) => mul(p.w, mul((p as unknown as typeof record)[key], (p as unknown as { hidden: number }).hidden)),
      record as { w: number },
    ),
    [{ w: 35 }],
  );
});

test("records without prototype, with a field named __proto__, and fields that hide the prototype's", () => {
  const bare = Object.assign(Object.create(null) as { w: number }, { w: 3 });
  const [g] = gradient((p) => mul(p.w, p.w), bare);
  assert.is(Object.getPrototypeOf(g), null);
  assert.is(g.w, 6);
  const odd = JSON.parse('{ "w": 2, "__proto__": { "w": 5 } }') as { w: number };
  const ownField = (p: object): { w: Scalar } => Object.getOwnPropertyDescriptor(p, "__proto__")?.value as { w: Scalar };
  const [h] = gradient((p) => mul(p.w, ownField(p).w), odd);
  assert.is(Object.getPrototypeOf(h), Object.prototype);
  assert.equal([h.w, ownField(h).w], [5, 2]);
  class Fixed {
    get w(): number {
      return 1;
    }
  }
  const hiding = Object.defineProperty(new Fixed(), "w", { value: 4, enumerable: true });
  assert.is((gradient((p) => mul(p.w, p.w), hiding)[0] as { w: number }).w, 8);
});

test("a list of a class of its own keeps it", () => {
  class Vector extends Array<Scalar> {
    squared(): Scalar {
      return this.reduce((total: Scalar, x) => add(total, mul(x, x)), 0);
    }
  }
  const v = Vector.from([1, 2, 3]) as Vector;
  const [g] = gradient(((x: Vector) => x.squared()) as never, v) as unknown as [Vector];
  assert.instance(g, Vector);
  assert.equal([...g], [2, 4, 6]);
});

test("arrays in instances: float32 stays, what does not matter has real zeros", () => {
  class Layer {
    w: AnyArray = array([1, 2], { dtype: "float32" });
    unused: AnyArray = array([[1, 2]]);
    run(x: Scalar): Scalar {
      return mul(x, sum(this.w));
    }
  }
  const [g] = gradient(((layer: Layer) => layer.run(3)) as never, new Layer()) as unknown as [{ w: NdArray; unused: NdArray }];
  assert.equal([g.w.dtype, toNested(g.w), toNested(g.unused)], ["float32", [3, 3], [[0, 0]]]);
});

test("a part of a tangent that the instance lacks is named", () => {
  fails(
    () =>
      pushforward(
        over((box) => box.area),
        [new Box(1, 2)],
        [{ depth: 1 }],
      ),
    TypeError,
    "tangent 1",
    "depth",
    "a Box",
  );
  const [, back] = pullback((w) => new Box(w, w) as never, 3);
  fails(() => back({ depth: 1 }), TypeError, "ybar", "depth", "a Box");
});

test.run();
