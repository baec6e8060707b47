// Fit a curve
//
// A cup of coffee cools towards the temperature of its room: T(t) = room +
// (start − room) e^(−t / τ). Three numbers are to be found from twelve
// measurements, by the Gauss–Newton method: the Jacobian of the residuals, and
// a linear least-squares problem at each step.
import {
  add, array, differentiable, jacobian, lstsq, type NdArray, neg, norm, zeros,
} from "cotangent";
import { plot, table } from "page";

const minutes = [0, 2, 4, 6, 8, 12, 16, 20, 25, 30, 40, 50];
const measured = [82.9, 77.4, 72.4, 68.0, 63.7, 56.6, 50.9, 46.1, 41.2, 37.4, 31.9, 28.6]; // °C

const model = differentiable((p: NdArray, t: number): number => p.get(0) + (p.get(1) - p.get(0)) * Math.exp(-t / p.get(2)));

const residuals = differentiable((p: NdArray): NdArray => {
  const r = zeros(minutes.length);
  for (let i = 0; i < minutes.length; i++) r.set(i, measured[i]! - model(p, minutes[i]!));
  return r;
});

let p = array([20, 90, 30]); // room, start, τ
const rows: (string | number)[][] = [];
for (let step = 0; step < 6; step++) {
  rows.push([step, p.get(0), p.get(1), p.get(2), norm(residuals(p))]);
  p = add(p, lstsq(jacobian(residuals, p), neg(residuals(p))));
}
table({ columns: ["step", "room, °C", "start, °C", "τ, min", "‖residuals‖, °C"], rows });

const ts = Array.from({ length: 101 }, (_, k) => 0.6 * k);
plot({
  title: "A cup of coffee",
  x: { label: "time", unit: "min" },
  y: { label: "temperature", unit: "°C" },
  series: [
    { label: "measured", x: minutes, y: measured, points: true },
    { label: "fitted", x: ts, y: ts.map((t) => model(p, t)) },
  ],
});
