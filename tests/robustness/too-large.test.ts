import { test } from "uvu";
import * as assert from "uvu/assert";
import * as library from "../../lib/index.js";
import { type AnyArray, array, gradient, type NdArray, pushforward, type Scalar, sum, zeros } from "../../lib/index.js";
import { rowMajor, viewOn } from "../../lib/nd/index.js";
import { loosely } from "./bad.js";

const calls = library as unknown as Readonly<Record<string, (...args: unknown[]) => AnyArray>>;
const call =
  (name: string) =>
  (...args: unknown[]): AnyArray =>
    loosely(calls[name] as never)(...args) as AnyArray;

/** Long arrays that take no memory: every entry is the same. */
const long = (shape: readonly number[]): NdArray =>
  viewOn(
    new Float64Array(1),
    shape,
    shape.map(() => 0),
    0,
  );
const vector = long([1e5]);
const points = long([1e5, 2]);
const image = zeros([1, 1, 4]);
const kernel = zeros([1, 1, 2]);
const deep = (axes: number): number[] => new Array<number>(axes).fill(1);

/** What cannot exist, and what each message begins with. */
const large: Record<string, readonly [name: string, ...args: unknown[]]> = {
  "linspace: shape [10000000000] has": ["linspace", 0, 1, 1e10],
  "arange: shape [10000000000] has": ["arange", 1e10],
  "zeros: shape [100000, 100000] has": ["zeros", [1e5, 1e5]],
  "full: shape [10000000000] has": ["full", 1e10, 1],
  "eye: shape [100000, 100000] has": ["eye", 1e5],
  "cdist: shape [100000, 100000] has": ["cdist", points, points],
  "pairwiseSqdist: shape [100000, 100000] has": ["pairwiseSqdist", points, points],
  "matmul: shape [100000, 100000] has": ["matmul", long([1e5, 1]), long([1, 1e5])],
  "outer: shape [100000, 100000] has": ["outer", vector, vector],
  "kron: shape [10000000000] has": ["kron", vector, vector],
  "tensordot: shape [100000, 100000] has": ["tensordot", vector, vector, 0],
  "einsum of two: shape [100000, 100000] has": ["einsum", "i,j->ij", vector, vector],
  "inner: shape [100000, 100000] has": ["inner", points, points],
  "add: shape [100000, 100000] has": ["add", long([1e5, 1]), vector],
  "where: shape [100000, 100000] has": ["where", long([1e5, 1]), vector, 1],
  "broadcastTo: shape [10000000000, 3] has": ["broadcastTo", zeros(3), [1e10, 3]],
  "tile: shape [30000000000] has": ["tile", zeros(3), 1e10],
  "repeat: shape [30000000000] has": ["repeat", zeros(3), 1e10],
  "pad: shape [10000000003] has": ["pad", zeros(3), [[1e10, 0]]],
  "diag: shape [100000, 100000] has": ["diag", vector],
  "stack: shape [30000, 100000] has": ["stack", new Array(3e4).fill(vector)],
  "concat: shape [3000000000] has": ["concat", new Array(3e4).fill(vector)],
  "segmentSum: shape [10000000000] has": ["segmentSum", zeros(3), [0, 1, 2], 1e10],
  "conv1d: axis 2 with its padding: shape [20000000004] has": ["conv1d", image, kernel, undefined, { padding: 1e10 }],
  "conv2d: axis 2 with its padding: shape [20000000004] has": [
    "conv2d",
    zeros([1, 1, 4, 4]),
    zeros([1, 1, 2, 2]),
    undefined,
    { padding: [1e10, 0] },
  ],
  "convTranspose1d: shape [1, 1, 6442450946] has": ["convTranspose1d", image, kernel, { stride: 2 ** 31 }],
  "avgPool1d: axis 2 with its padding: shape [20000000004] has": ["avgPool1d", image, { kernel: 2e10, padding: 1e10 }],
  "poolSum: shape [100000, 100000] has": ["poolSum", zeros([1, 1]), new Array(1e5).fill([0, 1]), new Array(1e5).fill([0, 1])],
  "array: 10000000000 entries are": ["take", long([1, 1e5]), new Array(1e5).fill(0)],
  "createRange: 10000000000 indices in ranges of 1 make more than 10⁷": ["createRange", 1e10, 1],
};

const refused = (begins: string, f: () => unknown): void =>
  assert.throws(f, (error: unknown) => {
    assert.instance(error, RangeError);
    const { message } = error as Error;
    assert.ok(message.startsWith(begins), message);
    assert.match(message, /more than (2³¹ − 1|64|10⁷)/);
    return true;
  });

for (const [begins, [name, ...args]] of Object.entries(large)) {
  test(`${name}: what no array can hold is refused at once, with the limit`, () => {
    const start = performance.now();
    const before = process.memoryUsage().arrayBuffers;
    refused(begins, () => call(name)(...args));
    const [first] = args;
    if (typeof first === "object" && "data" in (first as object) && !/^(where|einsum|poolSum)/.test(name))
      refused(begins, () => gradient((x) => sum(call(name)(x, ...args.slice(1))), first as NdArray));
    assert.ok(process.memoryUsage().arrayBuffers - before < 1e8, "memory was taken");
    assert.ok(performance.now() - start < 5_000, "work was done");
  });
}

test("jacobian and hessian of 50,000 entries: before any column is made", () => {
  const x = zeros(50_000);
  const runs = { count: 0 };
  const counted = (y: AnyArray): AnyArray => {
    runs.count++;
    return calls["mul"]?.(y, 2) as AnyArray;
  };
  for (const mode of ["forward", "reverse", "auto"] as const) {
    runs.count = 0;
    refused("jacobian: shape [50000, 50000] has", () => library.jacobian(counted, x, { mode }));
    assert.ok(runs.count <= 2, `${mode}: f has run ${runs.count} times`);
    refused("hessian: shape [50000, 50000] has", () => library.hessian((y: AnyArray): Scalar => sum(counted(y)), x, { mode }));
    assert.ok(runs.count <= 2, `${mode}: f has run ${runs.count} times`);
  }
  library.configure({ checked: true });
  try {
    refused("jacobian: shape [50000, 50000] has", () => library.jacobian(counted, x));
  } finally {
    library.configure({ checked: false });
  }
});

const tooDeep: Record<string, () => unknown> = {
  zeros: () => zeros(deep(65)),
  array: () => array(deep(65).reduce((x: unknown) => [x], 1) as never),
  reshape: () => library.reshape(array([1]), deep(65)),
  broadcastTo: () => library.broadcastTo(1, deep(65)),
  similar: () => library.similar(array([1]), deep(65)),
  tile: () => library.tile(array([1]), deep(65)),
  stack: () => library.stack([zeros(deep(64))]),
  expandDims: () => library.expandDims(zeros(deep(64)), 0),
  tensordot: () => library.tensordot(zeros(deep(40)), zeros(deep(40)), 0),
  matmul: () => library.add(rowMajor([1], deep(65)), 1),
  jacobian: () => library.jacobian((x: AnyArray) => call("mul")(x, 2), zeros(deep(40))),
  hessian: () => library.hessian((x: AnyArray) => sum(x), zeros(deep(40))),
};

for (const [name, f] of Object.entries(tooDeep)) test(`${name}: 64 axes are the most`, () => refused("", f));

test("64 axes are right, traced too", () => {
  const x = zeros(deep(64));
  assert.is(x.dimension, 64);
  assert.is(library.reshape(x, [1]).size, 1);
  assert.is(gradient((y) => sum(call("mul")(y, 2)), x)[0].dimension, 64);
  assert.is(pushforward((y) => call("mul")(y, 2), [x], [x])[1].dimension, 64);
  refused("", () => gradient((y) => sum(library.expandDims(y, 0)), x));
});

test("where memory ends before the limit, the message says so", () => {
  const { Float64Array: own } = globalThis;
  globalThis.Float64Array = class {
    constructor() {
      throw new RangeError("Array buffer allocation failed");
    }
  } as never;
  try {
    assert.throws(
      () => zeros(3),
      (error: unknown) =>
        error instanceof RangeError && error.message === "array: there is no memory for 3 numbers of kind float64; make it smaller",
    );
  } finally {
    globalThis.Float64Array = own;
  }
});

test.run();
