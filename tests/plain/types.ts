// What must and what must not compile: `npm run check` reads it, nothing runs it.
import {
  type AnyArray,
  array,
  type Differentiable,
  derivative,
  differentiable,
  gradient,
  hessian,
  type int,
  jacobian,
  mul,
  type NdArray,
  pushforward,
  type Scalar,
  withGradient,
} from "../../lib/index.js";

export function mustCompile(): void {
  const f: Differentiable<(x: number, y: number) => number> = differentiable((x: number, y: number) => x ** 2 + 3 * y);
  const value: number = f(2, 4);
  const [dx, dy]: [number, number] = gradient(f, 2, 4);
  const lifted: Scalar = f(2 as Scalar, 4);
  const { value: again, gradient: slopes }: { value: number; gradient: [number, number] } = withGradient(f, 2, 4);
  const [y, ydot]: readonly [number, number] = pushforward(f, [2, 4], [1, 0]);

  const g = differentiable((x: number) => x * x);
  const second: number = derivative((x) => derivative(g, x), 2);
  const h: number = hessian(g, 2);

  interface Model {
    weights: number[];
    bias: number;
    degree: int;
  }
  const loss = differentiable(({ weights, bias }: Model): number => weights.reduce((a, b) => a + b * b, bias));
  const [slope] = gradient(loss, { weights: [1, 2], bias: 3, degree: 2 });
  const bias: number = slope.bias;

  const onArrays = differentiable((x: NdArray): number => x.get(0) * x.get(1));
  const [xbar]: [NdArray] = gradient(onArrays, array([1, 2]));
  const columns = jacobian(
    differentiable((x: NdArray): NdArray => mul(x, x)),
    array([1, 2]),
  );
  const inside = gradient((x: AnyArray) => onArrays(x), array([1, 2]));
  const n: int = 3;
  const same: number = n;
  void [value, dx, dy, lifted, again, slopes, y, ydot, second, h, bias, xbar, columns, inside, same];
}

export function mustNotCompile(): void {
  const f = (x: number, y: number): number => x ** 2 + 3 * y;
  // @ts-expect-error an unmarked function of numbers is not given to an engine
  gradient(f, 2, 4);
  // @ts-expect-error arrays are no numbers: mul(x, y) is written
  differentiable((x: NdArray, y: NdArray) => x * y);
  // @ts-expect-error traced numbers have no operators outside of marked functions
  gradient((x, y) => x * y, 2, 4);
  // @ts-expect-error a marked function takes what it says
  differentiable((x: number) => x)("2");
  // @ts-expect-error only functions are marked
  differentiable(3);
}
