import { test } from "uvu";
import { add, derivative, div, exp, gradient, log, mul, neg, type Scalar, sqrt, square, sub } from "../../lib/index.js";
import { assertClose } from "../../lib/testing/index.js";
import { erfc } from "../../rules/special/index.js";

const cdf = (x: Scalar): Scalar => mul(0.5, erfc(mul(-Math.SQRT1_2, x)) as Scalar);

/** The price of a European call. Source: Black and Scholes, The pricing of options and corporate liabilities (1973). */
function call(spot: Scalar, strike: Scalar, volatility: Scalar, rate: Scalar, time: Scalar): Scalar {
  const spread = mul(volatility, sqrt(time));
  const d1 = div(add(log(div(spot, strike)), mul(add(rate, mul(0.5, square(volatility))), time)), spread);
  return sub(mul(spot, cdf(d1)), mul(mul(strike, exp(neg(mul(rate, time)))), cdf(sub(d1, spread))));
}

const [s, k, v, r, t] = [102, 95, 0.27, 0.03, 0.75] as const;
const root = Math.sqrt(t);
const d1 = (Math.log(s / k) + (r + (v * v) / 2) * t) / (v * root);
const d2 = d1 - v * root;
const pdf = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
const plainCdf = (x: number): number => erfc(-x * Math.SQRT1_2) / 2;
const discounted = k * Math.exp(-r * t);
const greeks = [
  plainCdf(d1), // delta
  -Math.exp(-r * t) * plainCdf(d2), // by the strike
  s * pdf(d1) * root, // vega
  t * discounted * plainCdf(d2), // rho
  (s * pdf(d1) * v) / (2 * root) + r * discounted * plainCdf(d2), // −theta
];
const tolerance = { rtol: 1e-12 };

test("the price of an option, and its first greeks", () => {
  assertClose(call(s, k, v, r, t), s * plainCdf(d1) - discounted * plainCdf(d2), tolerance);
  assertClose(gradient(call, s, k, v, r, t), greeks, tolerance);
});

test("gamma, vanna, volga and speed are derivatives of derivatives", () => {
  const price = (spot: Scalar, volatility: Scalar): Scalar => call(spot, k, volatility, r, t);
  const gamma = pdf(d1) / (s * v * root);
  assertClose(
    derivative((x: Scalar) => gradient(price, x, v)[0], s),
    gamma,
    tolerance,
  );
  assertClose(gradient((x: Scalar) => derivative((x: Scalar) => price(x, v), x) as Scalar, s)[0], gamma, tolerance);
  assertClose(
    derivative((w: Scalar) => gradient(price, s, w)[0], v),
    (-pdf(d1) * d2) / v,
    tolerance,
  );
  assertClose(
    derivative((w: Scalar) => gradient(price, s, w)[1], v),
    (s * pdf(d1) * root * d1 * d2) / v,
    tolerance,
  );
  const third = derivative((x: Scalar) => derivative((x: Scalar) => gradient(price, x, v)[0], x), s);
  assertClose(third, (-gamma / s) * (d1 / (v * root) + 1), { rtol: 1e-11 });
});

test.run();
