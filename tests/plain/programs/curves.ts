// Whole programs in plain TypeScript: what a user writes. Read as text by the tests, and checked by the compiler.
import { differentiable, type int } from "cotangent";

/** Rosenbrock's valley. Source: H. H. Rosenbrock (1960). */
export const rosenbrock: (x: number[]) => number = differentiable((x: number[]): number => {
  let total = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i] as number, x[i + 1] as number];
    total += (1 - a) ** 2 + 100 * (b - a * a) ** 2;
  }
  return total;
});

/** The distribution function of the normal distribution, by Hart's fraction. */
function normal(d: number): number {
  "use grad";
  const t = 1 / (1 + 0.2316419 * Math.abs(d));
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const density = Math.exp((-d * d) / 2) / Math.sqrt(2 * Math.PI);
  return d > 0 ? 1 - density * tail : density * tail;
}

/** The price of a European call. Source: F. Black, M. Scholes (1973). */
export const call: (spot: number, strike: number, rate: number, volatility: number, years: number) => number = differentiable(
  (spot: number, strike: number, rate: number, volatility: number, years: number): number => {
    const spread = volatility * Math.sqrt(years);
    const d1 = (Math.log(spot / strike) + (rate + volatility ** 2 / 2) * years) / spread;
    return spot * normal(d1) - strike * Math.exp(-rate * years) * normal(d1 - spread);
  },
);

interface State {
  angle: number;
  speed: number;
}

/** Where a pendulum is after some time: Runge and Kutta's method of order 4. */
export const pendulum: (start: State, length: number) => number = differentiable((start: State, length: number): number => {
  const slope = ({ angle, speed }: State): State => ({ angle: speed, speed: (-9.81 / length) * Math.sin(angle) });
  const moved = (s: State, d: State, h: number): State => ({ angle: s.angle + h * d.angle, speed: s.speed + h * d.speed });
  const steps: int = 50;
  const h = 1 / steps;
  let s: State = { ...start };
  for (let k = 0; k < steps; k++) {
    const k1 = slope(s);
    const k2 = slope(moved(s, k1, h / 2));
    const k3 = slope(moved(s, k2, h / 2));
    const k4 = slope(moved(s, k3, h));
    s = {
      angle: s.angle + (h / 6) * (k1.angle + 2 * k2.angle + 2 * k3.angle + k4.angle),
      speed: s.speed + (h / 6) * (k1.speed + 2 * k2.speed + 2 * k3.speed + k4.speed),
    };
  }
  return s.angle;
});

/** A ball that falls, and bounces on the ground: a loop whose end depends on what moves. */
export const bounces: (height: number, bounce: number) => number = differentiable((height: number, bounce: number): number => {
  let [y, v, travelled] = [height, 0, 0];
  for (let t = 0; t < 1.5; t += 0.01) {
    v -= 9.81 * 0.01;
    y += v * 0.01;
    if (y < 0) {
      y = -y;
      v *= -bounce;
    }
    travelled += Math.abs(v) * 0.01;
  }
  return travelled;
});
