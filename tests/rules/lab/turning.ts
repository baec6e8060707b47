import type { NdArray } from "cotangent";
import { filled, flat, gridOf } from "./checks.js";

// Rotary embedding by hand, in complex numbers: z = x[2k] + i x[2k + 1] becomes z·e^{ipθₖ}.

type Complex = readonly [re: number, im: number];

const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];

/** A matrix whose pairs are made from those of some others: `pair(k, p, ...zs)`, p the position. */
function eachPair(start: number, xs: readonly NdArray[], pair: (k: number, p: number, ...zs: Complex[]) => Complex): NdArray {
  const grids = xs.map(gridOf);
  const [rows, columns] = (xs[0] as NdArray).shape as [number, number];
  const out = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (let k = 0; 2 * k < rows; k++) {
    for (let i = 0; i < columns; i++) {
      const zs = grids.map((grid) => [grid[2 * k]?.[i], grid[2 * k + 1]?.[i]] as unknown as Complex);
      const [re, im] = pair(k, start + i, ...zs);
      (out[2 * k] as number[])[i] = re;
      (out[2 * k + 1] as number[])[i] = im;
    }
  }
  return filled([rows, columns], out.flat());
}

const turn = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];

/** y. */
export function embedded(x: NdArray, theta: NdArray, start: number): NdArray {
  const angles = flat(theta);
  return eachPair(start, [x], (k, p, z) => times(z, turn(p * (angles[k] as number))));
}

/** ẏ = (ż + i p θ̇ z) e^{ipθ}. */
export function pushed(x: NdArray, theta: NdArray, dx: NdArray, dtheta: NdArray, start: number): NdArray {
  const [angles, speeds] = [flat(theta), flat(dtheta)];
  return eachPair(start, [x, dx], (k, p, z, dz) => {
    const [re, im] = times(z, [0, p * (speeds[k] as number)]);
    return times([dz[0] + re, dz[1] + im], turn(p * (angles[k] as number)));
  });
}

/** ÿ in two directions: (i p η ż + i p θ̇ ζ − p² θ̇ η z) e^{ipθ}. */
export function pushedTwice(
  x: NdArray,
  theta: NdArray,
  first: readonly [dx: NdArray, dtheta: NdArray],
  second: readonly [dx: NdArray, dtheta: NdArray],
  start: number,
): NdArray {
  const angles = flat(theta);
  const [a, b] = [flat(first[1]), flat(second[1])];
  return eachPair(start, [x, first[0], second[0]], (k, p, z, dz, ez) => {
    const u = times(dz, [0, p * (b[k] as number)]);
    const v = times(ez, [0, p * (a[k] as number)]);
    const w = times(z, [-p * p * (a[k] as number) * (b[k] as number), 0]);
    return times([u[0] + v[0] + w[0], u[1] + v[1] + w[1]], turn(p * (angles[k] as number)));
  });
}

/** x̄ = ȳ e^{−ipθ}, θ̄ₖ = Σ Re(conj(ȳ) · i p y). */
export function pulled(ybar: NdArray, x: NdArray, theta: NdArray, start: number): [xbar: NdArray, thetabar: NdArray] {
  const angles = flat(theta);
  const thetabar = angles.map(() => 0);
  const xbar = eachPair(start, [ybar, x], (k, p, seed, z) => {
    const y = times(z, turn(p * (angles[k] as number)));
    const [re] = times([seed[0], -seed[1]], times(y, [0, p]));
    (thetabar[k] as number) += re;
    return times(seed, turn(-p * (angles[k] as number)));
  });
  return [xbar, filled([angles.length], thetabar)];
}
