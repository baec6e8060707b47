import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gradient, pullback, pushforward } from "../../lib/index.js";
import { evaluate } from "./evaluate.js";

const floats = suite("float arrays made inside");

type F = (...args: unknown[]) => unknown;
const fOf = (code: string): F =>
  evaluate<{ f: F }>(`import { differentiable } from "cotangent";\nexport const f = differentiable(${code});`, { file: "model.ts" }).f;

floats("round as they do plain", () => {
  const f = fOf("(x: number) => { const v = new Float32Array(1); v[0] = x; v[0] += 0.1; return v[0] * v[0]; }");
  const plain = f(0.3) as number;
  const [value, slope] = pushforward(f as never, [0.3] as never, [1] as never) as unknown as [number, number];
  assert.is(value, plain);
  assert.is(slope, 2 * Math.fround(Math.fround(0.3) + 0.1));
});

floats("as results: values and derivatives of each entry", () => {
  for (const kind of ["Float64Array", "Float32Array"]) {
    const f = fOf(`(x: number) => { const v = new ${kind}(2); v[0] = x * x; v[1] = 0.5; return v; }`);
    const [y, dy] = pushforward(f as never, [3] as never, [1] as never) as unknown as [Iterable<number>, Iterable<number>];
    assert.equal(
      [[...y], [...dy]],
      [
        [9, 0.5],
        [6, 0],
      ],
    );
    const [, back] = pullback(f as never, 3 as never) as unknown as [unknown, (ybar: unknown) => number[]];
    assert.equal(back([1, 1]), [6]);
  }
});

floats("are float arrays to instanceof and Array.isArray, and have their methods alone checked", () => {
  const f = fOf(
    "(x: number) => { const v = new Float64Array([x]); return [v instanceof Float64Array, v instanceof Float32Array, Array.isArray(v), v.length, v[0]]; }",
  );
  const [y] = pushforward(f as never, [3] as never, [1] as never) as unknown as [unknown[]];
  assert.equal(y, [true, false, false, 1, 3]);
});

floats("refuse a length that moves, and a set beyond the end", () => {
  const slope = (code: string): unknown => gradient(fOf(code) as never, 2 as never);
  assert.throws(() => slope("(x: number) => new Float64Array(x).length * x"), /the length moves; lengths are plain/);
  assert.throws(
    () => slope("(x: number) => { const v = new Float64Array(1); v.set([x, x]); return v[0]; }"),
    /set: 2 entries from 0 on leave a float array with 1 entries/,
  );
});

floats.run();
