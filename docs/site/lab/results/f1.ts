import type { Scalar } from "../../../../lib/index.js";
import type { Library } from "../library.js";

type OfTwoNumbers = (x: never, y: never) => Scalar;

export interface F1Result {
  readonly value: number;
  /** The partial derivatives by x and y, each way. */
  readonly reverse: readonly number[];
  readonly forward: readonly number[];
  readonly traced: readonly number[];
  readonly finite: readonly number[];
  /** Values along x, with y kept, and along y, with x kept, at `at`. */
  readonly at: Float64Array;
  readonly alongX: Float64Array;
  readonly alongY: Float64Array;
}

export function f1Result(
  { gradient, pushforward }: Library,
  { f1, plain }: { f1: OfTwoNumbers; plain: OfTwoNumbers },
  { x, y }: { x: number; y: number },
): F1Result {
  const f = f1 as (x: number, y: number) => number;
  const at = Float64Array.from({ length: 81 }, (_, k) => -4 + k / 10);
  const slope = (dx: number, dy: number) =>
    (pushforward as unknown as (f: unknown, args: number[], tangents: number[]) => number[])(f, [x, y], [dx, dy])[1] as number;
  const h = 1e-4;
  const toNumbers = (gradient: readonly unknown[]) => gradient.map(Number);
  return {
    value: Number(f(x, y)),
    reverse: toNumbers(gradient(f1 as never, x as never, y as never)),
    forward: [slope(1, 0), slope(0, 1)],
    traced: toNumbers(gradient(plain as never, x as never, y as never)),
    finite: [(f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)],
    at,
    alongX: at.map((a) => f(a, y)),
    alongY: at.map((b) => f(x, b)),
  };
}
