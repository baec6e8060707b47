import { add, compile, fn, gt, iadd, ilt, jvp, lt, mul, opaque, Real, select, sub, sum, Vec, vec, vjp } from "rose";
import type { Peer } from "./peer.js";
import * as given from "./programs.js";

const { few, many, pairs, positions } = given;

// Rose types its values by where they come from, down to each index: too much for programs as short as these.
type Value = never;
const compiled = compile as unknown as (f: unknown) => Promise<(...args: unknown[]) => never>;
const define = fn as unknown as (from: unknown, to: unknown, f: (...args: Value[]) => unknown) => (...args: unknown[]) => Value;
const pullback = vjp as unknown as (f: unknown) => (x: unknown) => { ret: Value; grad: (ybar: unknown) => Value };

const sin = opaque([Real], Real, Math.sin);
const cos = opaque([Real], Real, Math.cos);
type Rule = { jvp: unknown };
/** A number and its tangent. */
type Moving = { re: never; du: never };

/** A vector or matrix as the lists of lists that it takes. */
const listed = (data: ArrayLike<number>, shape: readonly number[], start = 0): unknown => {
  const [length, ...rest] = shape as [number, ...number[]];
  const size = rest.reduce((product, extent) => product * extent, 1);
  return Array.from({ length }, (_, k) => (rest.length === 0 ? data[start + k] : listed(data, rest, start + k * size)));
};

/** Σ 100 (x[i + 1] − x[i]²)² + (1 − x[i])² of n variables. Indices have the type of the axis they run along, so the last one is left out by a choice. */
function rosenbrockOf(n: number): unknown {
  return define([Vec(n, Real)], Real, ((x: Record<symbol, never>) =>
    sum(n, ((i: never) => {
      const a = x[i] as never;
      const depth = sub(x[iadd(n, i, 1) as never] as never, mul(a, a) as never);
      const slope = sub(1, a);
      return select(ilt(n, i, n - 1), Real, add(mul(100, mul(depth, depth)), mul(slope, slope)), 0);
    }) as never)) as never);
}

/** The same written out, entry after entry: derivatives of its derivatives by loops end in an access out of bounds. */
function rosenbrockWrittenOut(n: number): unknown {
  return define([Vec(n, Real)], Real, ((x: never[]) => {
    let total: never = 0 as never;
    for (let i = 0; i + 1 < n; i++) {
      const a = x[i] as never;
      const depth = sub(x[i + 1] as never, mul(a, a) as never);
      const slope = sub(1, a);
      total = add(total, add(mul(100, mul(depth, depth)), mul(slope, slope))) as never;
    }
    return total;
  }) as never);
}

/** Rose: functions compiled to WebAssembly, written entry by entry. */
export async function rose(): Promise<Peer> {
  const { Dual } = await import("rose");
  (sin as unknown as Rule).jvp = define([Dual], Dual, (({ re, du }: Moving) => ({ re: sin(re), du: mul(du as never, cos(re)) })) as never);
  (cos as unknown as Rule).jvp = define([Dual], Dual, (({ re, du }: Moving) => ({
    re: cos(re),
    du: mul(du as never, sub(0, sin(re))),
  })) as never);

  /** Value and gradient of f on values of this kind. */
  const gradientOf = (kind: unknown, f: unknown): Promise<(...args: unknown[]) => never> =>
    compiled(
      define([kind], { value: Real, gradient: kind }, ((x: never) => {
        const { ret, grad } = pullback(f)(x);
        return { value: ret, gradient: grad(1) };
      }) as never),
    );
  const answer = (result: never): { value: number; gradient: unknown } => result;
  const single = (result: never) => ({ value: answer(result).value, gradient: [answer(result).gradient] });

  const f1 = await gradientOf(
    { x: Real, y: Real },
    define([{ x: Real, y: Real }], Real, (({ x, y }: { x: never; y: never }) => add(mul(x, x), mul(3, y))) as never),
  );

  // Columns in pairs: the index of an axis cannot be multiplied.
  const Pairs = Vec(100, Vec(50, Vec(2, Real)));
  const pooled = await gradientOf(
    Pairs,
    define([Pairs], Real, ((x: never[][][]) =>
      given
        .rangesOf(3)
        .map(([top, bottom]) =>
          sum(50, ((b: never) => {
            let total: never = 0 as never;
            for (let i = top; i < bottom; i++) for (const j of [0, 1]) total = add(total, (x[i] as never[][])[b]?.[j] as never) as never;
            return mul(total, total);
          }) as never),
        )
        .reduce((a, b) => add(a, b) as never)) as never),
  );

  const Blocks = Vec(10, Vec(10, Vec(10, Vec(10, Real))));
  const less = (a: never, b: never): never => select(lt(b, a), Real, b, a) as never;
  const more = (a: never, b: never): never => select(gt(b, a), Real, b, a) as never;
  const indices = Array.from({ length: 10 }, (_, k) => k);
  const hausdorff = await gradientOf(
    Blocks,
    define([Blocks], Real, ((x: never[][][][]) =>
      sum(10, ((a: never) =>
        sum(10, ((b: never) => {
          const entry = (i: number, j: number): never => x[a]?.[i]?.[b]?.[j] as never;
          const columns = indices.map((j) => indices.map((i) => entry(i, j)).reduce(less)).reduce(more);
          const rows = indices.map((i) => indices.map((j) => entry(i, j)).reduce(less)).reduce(more);
          return more(columns, rows);
        }) as never)) as never)) as never),
  );

  const Turn = {
    x: Vec(pairs, Vec(2, Vec(positions, Real))),
    theta: Vec(pairs, Real),
    w: Vec(pairs, Vec(2, Vec(positions, Real))),
    places: Vec(positions, Real),
  };
  const rotary = await gradientOf(
    Turn,
    define([Turn], Real, (({ x, theta, w, places }: { x: never[][][]; theta: never[]; w: never[][][]; places: never[] }) =>
      sum(pairs, ((k: never) =>
        sum(positions, ((p: never) => {
          const angle = mul(places[p] as never, theta[k] as never);
          const [s, c] = [sin(angle as never), cos(angle as never)];
          const [even, odd] = [x[k]?.[0]?.[p] as never, x[k]?.[1]?.[p] as never];
          const first = sub(mul(even, c), mul(odd, s));
          const second = add(mul(odd, c), mul(even, s));
          return add(mul(first, w[k]?.[0]?.[p] as never), mul(second, w[k]?.[1]?.[p] as never));
        }) as never)) as never)) as never),
  );

  const rosenbrock = await gradientOf(Vec(many, Real), rosenbrockOf(many));
  const pushed = await compiled((jvp as unknown as (f: unknown) => unknown)(rosenbrockWrittenOut(many)));
  const small = rosenbrockWrittenOut(few);
  const Few = Vec(few, Real);
  const slope = define([Few], Few, ((x: never) => pullback(small)(x).grad(1)) as never);
  // The Hessian is symmetric, so rows of the pullback of the gradient are its columns.
  const product = await compiled(define([Few, Few], Few, ((x: never, v: never) => pullback(slope)(x).grad(v)) as never));
  const hessian = await compiled(
    define([Few], Vec(few, Few), ((x: never) => {
      const { grad } = pullback(slope)(x);
      return vec(
        few,
        Few as never,
        ((i: never) =>
          grad(vec(few, Real, ((j: never) => select(ilt(few, i, j), Real, 0, select(ilt(few, j, i), Real, 0, 1))) as never))) as never,
      );
    }) as never),
  );

  const states = listed(given.states, [pairs, 2, positions]);
  const turn = {
    x: states,
    theta: listed(given.theta, [pairs]),
    w: listed(given.weights, [pairs, 2, positions]),
    places: Array.from({ length: positions }, (_, p) => p + 1),
  };
  const inPairs = listed(given.matrix, [100, 50, 2]);
  const inBlocks = listed(given.matrix, [10, 10, 10, 10]);
  const valley = listed(given.valley, [many]);
  const duals = Array.from(given.valley, (re, k) => ({ re, du: given.direction[k] }));
  const [point, along] = [listed(given.smallValley, [few]), listed(given.smallDirection, [few])];
  return {
    name: "rose",
    package: "rose",
    precision: "float64",
    tolerance: 1e-9,
    programs: {
      f1: {
        loops: () => {
          const { value, gradient } = answer(f1({ x: given.point.x, y: given.point.y }));
          return { value, gradient: [(gradient as { x: number }).x, (gradient as { y: number }).y] };
        },
      },
      poolSum: { loops: () => single(pooled(inPairs)) },
      hausdorff: { loops: () => single(hausdorff(inBlocks)) },
      rotary: {
        loops: () => {
          const { value, gradient } = answer(rotary(turn));
          return { value, gradient: [(gradient as { x: unknown }).x, (gradient as { theta: unknown }).theta] };
        },
      },
      rosenbrock: { loops: () => single(rosenbrock(valley)) },
      jvp: {
        loops: () => {
          const { re, du } = pushed(duals) as { re: number; du: number };
          return { value: re, gradient: [du] };
        },
      },
      hvp: { loops: () => ({ value: 0, gradient: [product(point, along)] }) },
      hessian: { loops: () => ({ value: 0, gradient: [hessian(point)] }) },
    },
  };
}
