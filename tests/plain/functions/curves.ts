// The programs of ../programs/curves.ts in the library's functions: what they become, written by hand.
import { abs, add, div, exp, log, mul, neg, pow, primal, type Scalar, sin, sqrt, sub } from "cotangent";

export function rosenbrock(x: readonly Scalar[]): Scalar {
  let total: Scalar = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i] as Scalar, x[i + 1] as Scalar];
    total = add(total, add(pow(sub(1, a), 2), mul(100, pow(sub(b, mul(a, a)), 2))));
  }
  return total;
}

const coefficients = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];

function normal(d: Scalar): Scalar {
  const t = div(1, add(1, mul(0.2316419, abs(d))));
  const [top, ...rest] = coefficients as [number, ...number[]];
  const tail = mul(
    t,
    rest.reduce<Scalar>((sum, c) => add(c, mul(t, sum)), top),
  );
  const density = div(exp(div(mul(neg(d), d), 2)), Math.sqrt(2 * Math.PI));
  return (primal(d) as number) > 0 ? sub(1, mul(density, tail)) : mul(density, tail);
}

export function call(spot: Scalar, strike: Scalar, rate: Scalar, volatility: Scalar, years: Scalar): Scalar {
  const spread = mul(volatility, sqrt(years));
  const d1 = div(add(log(div(spot, strike)), mul(add(rate, div(pow(volatility, 2), 2)), years)), spread);
  return sub(mul(spot, normal(d1)), mul(mul(strike, exp(mul(neg(rate), years))), normal(sub(d1, spread))));
}

interface State {
  angle: Scalar;
  speed: Scalar;
}

export function pendulum(start: State, length: Scalar): Scalar {
  const slope = ({ angle, speed }: State): State => ({ angle: speed, speed: mul(div(-9.81, length), sin(angle)) });
  const moved = (s: State, d: State, h: number): State => ({ angle: add(s.angle, mul(h, d.angle)), speed: add(s.speed, mul(h, d.speed)) });
  const steps = 50;
  const h = 1 / steps;
  const mean = (a: Scalar, b: Scalar, c: Scalar, d: Scalar): Scalar => mul(h / 6, add(add(add(a, mul(2, b)), mul(2, c)), d));
  let s: State = { ...start };
  for (let k = 0; k < steps; k++) {
    const k1 = slope(s);
    const k2 = slope(moved(s, k1, h / 2));
    const k3 = slope(moved(s, k2, h / 2));
    const k4 = slope(moved(s, k3, h));
    s = {
      angle: add(s.angle, mean(k1.angle, k2.angle, k3.angle, k4.angle)),
      speed: add(s.speed, mean(k1.speed, k2.speed, k3.speed, k4.speed)),
    };
  }
  return s.angle;
}

export function bounces(height: Scalar, bounce: Scalar): Scalar {
  let [y, v, travelled]: [Scalar, Scalar, Scalar] = [height, 0, 0];
  for (let t = 0; t < 1.5; t += 0.01) {
    v = sub(v, 9.81 * 0.01);
    y = add(y, mul(v, 0.01));
    if ((primal(y) as number) < 0) {
      y = neg(y);
      v = mul(v, neg(bounce));
    }
    travelled = add(travelled, mul(abs(v), 0.01));
  }
  return travelled;
}
