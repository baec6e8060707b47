import { suite } from "uvu";
import * as assert from "uvu/assert";
import { configure, gradient, hvp, jacobian, NoTangent, pullback, pushforward, vhp } from "../../lib/index.js";
import { evaluate } from "./evaluate.js";

type F = (...args: unknown[]) => unknown;

/** The functions of a program in plain TypeScript. */
const program = (code: string): Record<string, F> =>
  evaluate(`import { differentiable, gradient, type int } from "cotangent";\n${code}`, { file: "model.ts" });
const fOf = (code: string): F => program(`export const f = differentiable(${code});`)["f"] as F;

// These functions are typed by the transform alone.
const slopes = (f: F, ...args: unknown[]): unknown[] => gradient(f as never, ...(args as never[])) as unknown[];
const moved = (f: F, args: unknown[], tangents: unknown[]) =>
  pushforward(f as never, args as never, tangents as never) as unknown as [unknown, unknown];
const pulled = (f: F, ...args: unknown[]) =>
  pullback(f as never, ...(args as never[])) as unknown as [unknown, (ybar: unknown) => unknown[]];

const kinds = { Float64Array, Float32Array };

const made = suite("float arrays made inside");

made("round as they do plain", () => {
  const f = fOf("(x: number) => { const v = new Float32Array(1); v[0] = x; v[0] += 0.1; return v[0] * v[0]; }");
  const [value, slope] = moved(f, [0.3], [1]);
  assert.is(value, f(0.3));
  assert.is(slope, 2 * Math.fround(Math.fround(0.3) + 0.1));
});

made("come out as what they are, in both modes", () => {
  for (const [kind, C] of Object.entries(kinds)) {
    const f = fOf(`(x: number) => { const v = new ${kind}(2); v[0] = x * x; v[1] = 0.5; return v; }`);
    assert.equal(moved(f, [3], [1]), [C.of(9, 0.5), C.of(6, 0)]);
    const [y, back] = pulled(f, 3);
    assert.equal(y, C.of(9, 0.5));
    assert.equal(back(C.of(1, 1)), [6]);
  }
});

made("come out as what they are, inside of records and lists, and where nothing moves", () => {
  const f = fOf("(x: number) => ({ rows: [new Float32Array(2), Float64Array.of(x, 1)], none: new Float64Array(0) })");
  assert.equal(moved(f, [3], [1]), [
    { rows: [new Float32Array(2), Float64Array.of(3, 1)], none: new Float64Array(0) },
    { rows: [new Float32Array(2), Float64Array.of(1, 0)], none: new Float64Array(0) },
  ]);
});

made("come out as what they are at order two, whichever engine is inside", () => {
  const f = fOf("(x: number) => { const v = new Float64Array(2); v[0] = x ** 3; v[1] = v[0] * x; return v; }");
  const first = { push: (x: unknown) => moved(f, [x], [1])[1], pull: (x: unknown) => pulled(f, x)[1](Float64Array.of(1, 1))[0] };
  assert.equal(moved(first.push as F, [2], [1])[1], Float64Array.of(12, 48));
  assert.equal(pulled(first.push as F, 2)[1](Float64Array.of(1, 1)), [60]);
  assert.is(moved(first.pull as F, [2], [1])[1], 60);
  assert.equal(pulled(first.pull as F, 2)[1](1), [60]);
});

made("are float arrays to instanceof and Array.isArray, and have their methods alone checked", () => {
  const f = fOf(
    "(x: number) => { const v = new Float64Array([x]); return [v instanceof Float64Array, v instanceof Float32Array, Array.isArray(v), v.length, v[0]]; }",
  );
  assert.equal(moved(f, [3], [1])[0], [true, false, false, 1, 3]);
});

made("refuse a length that moves, and a set beyond the end", () => {
  assert.throws(() => slopes(fOf("(x: number) => new Float64Array(x).length * x"), 2), /the length moves; lengths are plain/);
  assert.throws(
    () => slopes(fOf("(x: number) => { const v = new Float64Array(1); v.set([x, x]); return v[0]; }"), 2),
    /set: 2 entries from 0 on leave a float array with 1 entries/,
  );
});

made("show their keys and values as in JavaScript", () => {
  const walked = fOf("(x: number) => { const v = Float64Array.of(x, 2 * x); let s = 0; for (const k in v) s += v[k] * x; return s; }");
  assert.equal(slopes(walked, 2), [12]);
  const listed = fOf("(x: number) => Object.values(Float64Array.of(x, 2 * x)).reduce((s, v) => s + v * v, 0)");
  assert.equal(slopes(listed, 2), [20]);
});

made.run();

const given = suite("float arrays as arguments");

/** What is computed of the entries of v, the gradient at (1, −2, 3), and its class. */
const uses: Readonly<Record<string, readonly [code: string, gradient: readonly number[]]>> = {
  "by index": ["let s = 0; for (let i = 0; i < v.length; i++) s += (i + 1) * v[i] ** 2; return s;", [2, -8, 18]],
  "by iteration": ["let s = 0; for (const a of v) s += a * a; return s;", [2, -4, 6]],
  "by destructuring and spread": ["const [a, b, c] = v; return a * b * c + Math.max(...v);", [-6, 3, -1]],
  map: ["const w = v.map((a, i) => a * a * i); return w[1] + w[2] + (w instanceof Float64Array ? w.length * v[0] : 0);", [3, -4, 12]],
  "filter and reduce": ["return v.filter((a) => a > 0).reduce((s, a) => s * a, 1);", [3, 0, 1]],
  "slice, fill and set": ["const w = v.slice(); w.fill(2, 0, 1); w.set([v[0] * v[1]], 1); return w[0] * w[1] * w[2];", [-12, 6, -4]],
  "indexOf and includes": ["return v.includes(3) ? v[v.indexOf(3)] * v[0] : 0;", [3, 0, 1]],
  "sorted by number": ["const w = v.toSorted(); return w[0] + 2 * w[1] + 3 * w[2];", [2, 1, 3]],
  "with and at": ["return v.with(0, v[1] * v[2])[0] * (v.at(-1) ?? 0);", [0, 9, -12]],
  "copied into a scratch": ["const w = new Float64Array(v); w[0] *= w[1]; return w[0] * v[2];", [-6, 3, -2]],
  "Float64Array.from": ["const w = Float64Array.from(v, (a) => a * 2); return w[0] * w[1];", [-8, 4, 0]],
  "reverse of a copy": ["const w = v.slice().reverse(); return w[0] * v[0];", [3, 0, 1]],
};

for (const [name, [body, expected]] of Object.entries(uses)) {
  given(name, () => {
    const f = fOf(`(v: Float64Array) => { ${body} }`);
    const x = Float64Array.of(1, -2, 3);
    const [value, slope] = moved(f, [x], [Float64Array.of(1, 10, 100)]);
    assert.is(value, f(x));
    assert.equal(slopes(f, x), [Float64Array.from(expected)]);
    assert.is(
      slope,
      expected.reduce((s, g, k) => s + g * 10 ** k, 0),
    );
  });
}

given("give results of the same class, and hessians in both modes", () => {
  const f = fOf("(v: Float32Array) => v.map((a) => a * a * v[0])");
  const x = Float32Array.of(1, 2);
  assert.equal(moved(f, [x], [Float32Array.of(1, 1)]), [Float32Array.of(1, 4), Float32Array.of(3, 8)]);
  assert.equal(pulled(f, x)[1](Float32Array.of(1, 1)), [Float32Array.of(7, 4)]);
  const g = fOf("(v: Float64Array) => v[0] ** 3 * v[1] + v[2]");
  const at = Float64Array.of(1, 2, 3);
  const along = Float64Array.of(1, 1, 1);
  assert.equal(hvp(g as never, at as never, along as never), Float64Array.of(15, 3, 0));
  assert.equal(vhp(g as never, along as never, at as never), Float64Array.of(15, 3, 0));
  const ofBoth = jacobian(fOf("(v: Float64Array) => v.map((a) => a * v[0])") as never, at as never) as { data: unknown };
  assert.equal(ofBoth.data, Float64Array.of(2, 0, 0, 2, 1, 0, 3, 0, 1));
});

given("inside of records and lists, beside what stands still", () => {
  const f = fOf("(layers: { w: Float64Array; k: int; at: Int32Array }[]) => layers.reduce((s, { w, k, at }) => s + w[k] * w[at[0]], 0)");
  assert.equal(slopes(f, [{ w: Float64Array.of(2, 3), k: 1, at: Int32Array.of(0) }]), [
    [{ w: Float64Array.of(3, 2), k: 0, at: NoTangent }],
  ]);
});

given("that move around the function", () => {
  const { f } = program(`export const f = differentiable((v: Float64Array) => {
    const inner = differentiable((t: number) => v[0] * t * t);
    return inner(3) + gradient(inner, 2)[0];
  });`);
  assert.equal(slopes(f as F, Float64Array.of(5)), [Float64Array.of(13)]);
});

given("are read-only inside, whatever writes", () => {
  for (const write of ["v[0] = 1", "v[0] += 1", "v.fill(0)", "v.sort()", "v.set([1])", "v.reverse()", "[v[0], v[1]] = [v[1], v[0]]"]) {
    const f = fOf(`(v: Float64Array) => { ${write}; return v[0]; }`);
    assert.throws(() => slopes(f, Float64Array.of(1, 2)), /model\.ts:2:\d+: an entry .* read-only inside it; write into x\.slice\(\)/);
    assert.throws(() => moved(f, [Float64Array.of(1, 2)], [Float64Array.of(1, 2)]), /read-only inside/);
  }
});

given("have no memory", () => {
  assert.throws(() => fOf("(v: Float64Array) => v.buffer.byteLength * v[0]"), /buffer/);
  assert.throws(() => fOf("(v: Float64Array) => v.subarray(1)[0]"), /subarray/);
});

given("as plain values run the original: any entry of another one can be written", () => {
  const f = fOf("(v: Float64Array) => { v[0] = 7; return v[0] * v[1]; }");
  const x = Float64Array.of(1, 2);
  assert.is(f(x), 14);
  assert.is(x[0], 7);
});

given("work in checked mode", () => {
  configure({ checked: true });
  try {
    const f = fOf(
      "(v: Float64Array) => { const w = new Float64Array(v.length); for (let i = 0; i < v.length; i++) w[i] = v[i] ** 2; return w; }",
    );
    const x = Float64Array.of(1, 2);
    assert.equal(moved(f, [x], [x]), [Float64Array.of(1, 4), Float64Array.of(2, 8)]);
    assert.equal(pulled(f, x)[1](x), [Float64Array.of(2, 8)]);
  } finally {
    configure({ checked: false });
  }
});

given.run();
