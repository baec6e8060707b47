import type { Array as JaxArray } from "@jax-js/jax";
import type { Peer, PeerRun } from "./peer.js";
import * as given from "./programs.js";

const { n, pairs, positions, extents } = given;

/**
 * jax-js on its WebAssembly device, its functions compiled by `jit`. An array is used up by the function that it is given to, so all that is used
 * again is passed as `.ref`.
 */
export async function jax(): Promise<Peer> {
  // It asks whether data is of this class, which Node has from version 24 on.
  (globalThis as { Float16Array?: unknown }).Float16Array ??= class Float16Array {};
  const { grad, hessian, init, jit, jvp, numpy: np, valueAndGrad, nn } = await import("@jax-js/jax");
  await init("wasm");

  const double = (data: Float64Array, shape: number[]): JaxArray => np.array(data as never, { dtype: np.float64 }).reshape(shape);
  const single = (data: Float64Array, shape: number[]): JaxArray => np.array(new Float32Array(data)).reshape(shape);
  const line = double(given.line, [given.line.length]);
  const matrix = double(given.matrix, [n, n]);
  const states = double(given.states, [2 * pairs, positions]);
  const weights = double(given.weights, [2 * pairs, positions]);
  const theta = double(given.theta, [pairs, 1]);
  const places = double(
    Float64Array.from({ length: positions }, (_, p) => p + 1),
    [1, positions],
  );
  const [valley, direction] = [double(given.valley, [given.many]), double(given.direction, [given.many])];
  const [point, along] = [double(given.smallValley, [given.few]), double(given.smallDirection, [given.few])];

  /** Value and gradient of f by its arguments, compiled, all read out. */
  const run = (f: (...xs: JaxArray[]) => JaxArray, ...xs: JaxArray[]): PeerRun => {
    const compiled = jit(valueAndGrad(f as never, { argnums: xs.map((_, k) => k) } as never) as never) as unknown as (
      ...xs: JaxArray[]
    ) => [JaxArray, JaxArray[]];
    return () => {
      const [value, grads] = compiled(...xs.map((x) => x.ref));
      return { value: value.item(), gradient: grads.map((g) => g.dataSync()) };
    };
  };

  const pooled = (x: JaxArray): JaxArray =>
    np
      .pad(x, [
        [0, 2],
        [0, 0],
      ])
      .reshape([34, 3, 50, 2])
      .sum([1, 3]);
  const hausdorff = (x: JaxArray): JaxArray => {
    const blocks = x.reshape([10, 10, 10, 10]);
    const d1 = np.max(np.min(blocks.ref, 1), 2);
    const d2 = np.max(np.min(blocks, 3), 1);
    return np.maximum(d1, d2).sum();
  };
  const rotary = (x: JaxArray, t: JaxArray): JaxArray => {
    const angles = t.mul(places.ref);
    const [sines, cosines] = [np.sin(angles.ref), np.cos(angles)];
    const blocks = x.reshape([pairs, 2, positions]);
    const even = blocks.ref.slice([], 0, []);
    const odd = blocks.slice([], 1, []);
    const first = even.ref.mul(cosines.ref).sub(odd.ref.mul(sines.ref));
    const second = even.mul(sines).add(odd.mul(cosines));
    return np
      .stack([first, second] as never, 1)
      .reshape([2 * pairs, positions])
      .mul(weights.ref)
      .sum();
  };
  const rosenbrock = (x: JaxArray): JaxArray => {
    const before = x.ref.slice([0, -1]);
    const after = x.slice([1]);
    const depth = np.square(after.sub(np.square(before.ref))).mul(100);
    return depth.add(np.square(before.mul(-1).add(1))).sum();
  };
  const perceptron = (kind: typeof double): PeerRun => {
    const { batch, inputs, hidden, outputs } = extents;
    const images = kind(given.images, [batch, inputs]);
    const hot = new Float64Array(batch * outputs);
    given.labels.forEach((label, k) => {
      hot[k * outputs + label] = 1;
    });
    const classes = kind(hot, [batch, outputs]);
    const shapes = [[inputs, hidden], [hidden], [hidden, outputs], [outputs]];
    const parameters = given.parameters.map((data, k) => kind(data, shapes[k] as number[]));
    const loss = (w1: JaxArray, b1: JaxArray, w2: JaxArray, b2: JaxArray): JaxArray => {
      const logits = np.matmul(nn.relu(np.matmul(images.ref, w1).add(b1)), w2).add(b2);
      return nn
        .logSoftmax(logits)
        .mul(classes.ref)
        .sum()
        .mul(-1 / batch);
    };
    return run(loss as (...xs: JaxArray[]) => JaxArray, ...parameters);
  };

  const pushed = jit(((x: JaxArray, v: JaxArray) => jvp(rosenbrock, [x], [v])) as never) as unknown as (
    x: JaxArray,
    v: JaxArray,
  ) => [JaxArray, JaxArray];
  const product = jit(
    ((x: JaxArray, v: JaxArray) =>
      (jvp as (f: unknown, primals: JaxArray[], tangents: JaxArray[]) => JaxArray[])(grad(rosenbrock), [x], [v])[1]) as never,
  ) as unknown as (x: JaxArray, v: JaxArray) => JaxArray;
  const matrixOfSecond = jit(hessian(rosenbrock) as never) as unknown as (x: JaxArray) => JaxArray;

  return {
    name: "jax-js",
    package: "@jax-js/jax",
    precision: "float64",
    // Its exp, sin and cos of float64 arrays have single precision, so no more can be asked.
    tolerance: 1e-4,
    programs: {
      f1: {
        loops: run(
          (x, y) => np.square(x as JaxArray).add((y as JaxArray).mul(3)),
          np.array(given.point.x, { dtype: np.float64 }),
          np.array(given.point.y, { dtype: np.float64 }),
        ),
      },
      square: { arrays: run((x) => np.square(x as JaxArray).sum(), line) },
      exp: { arrays: run((x) => np.exp(x as JaxArray).sum(), line) },
      poolSum: { arrays: run((x) => np.square(pooled(x as JaxArray)).sum(), matrix) },
      maximum: { arrays: run((x) => np.max(x as JaxArray), matrix) },
      hausdorff: { arrays: run((x) => hausdorff(x as JaxArray), matrix) },
      rotary: { arrays: run((x, t) => rotary(x as JaxArray, t as JaxArray), states, theta) },
      mlpSingle: { arrays: perceptron(single) },
      mlpDouble: { arrays: perceptron(double) },
      rosenbrock: { arrays: run((x) => rosenbrock(x as JaxArray), valley) },
      jvp: {
        arrays: () => {
          const [value, moved] = pushed(valley.ref, direction.ref);
          return { value: value.item(), gradient: [moved.item()] };
        },
      },
      hvp: { arrays: () => ({ value: 0, gradient: [product(point.ref, along.ref).dataSync()] }) },
      hessian: { arrays: () => ({ value: 0, gradient: [matrixOfSecond(point.ref).dataSync()] }) },
    },
  };
}
