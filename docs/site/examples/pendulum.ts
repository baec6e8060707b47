// A pendulum
//
// θ″ = −(g / l) sin θ − damping θ′, solved by odeint, which is differentiable:
// here we find the push at the start after which the pendulum stands at the
// angle that we want at the time that we want, by Newton's method through the
// solver.
import {
  array, derivative, differentiable, linspace, type NdArray, odeint, zeros,
} from "cotangent";
import { plot } from "page";

const swing = differentiable((y: NdArray, _t: number, p: NdArray): NdArray => {
  const dy = zeros(2);
  dy.set(0, y.get(1));
  dy.set(1, -p.get(0) * Math.sin(y.get(0)) - p.get(1) * y.get(1));
  return dy;
});
const constants = array([9.81 / 0.5, 0.3]); // g / l in 1/s², damping in 1/s

/** The angles at some times, in rad, when the pendulum hangs and is pushed with this angular velocity, in rad/s. */
const course = differentiable((push: number, times: NdArray): NdArray => {
  const start = zeros(2);
  start.set(1, push);
  return odeint(swing, start, times, constants, { rtol: 1e-8, atol: 1e-8 });
});

const [wanted, when] = [2, 0.5]; // rad, s
const miss = differentiable((push: number): number => course(push, array([0, when])).get(1, 0) - wanted);

let push = 6;
for (let step = 0; step < 8; step++) {
  const off = miss(push);
  console.log(`push ${push.toFixed(6)} rad/s misses by ${off.toExponential(1)} rad`);
  if (Math.abs(off) < 1e-10) break;
  push -= off / derivative(miss, push);
}

const times = linspace(0, 4, 161);
const list = (x: NdArray, column?: number) => Array.from({ length: x.shape[0]! }, (_, k) => (column === undefined ? x.get(k) : x.get(k, column)));
plot({
  title: "The pendulum, pushed so that it passes the mark",
  x: { label: "time", unit: "s" },
  y: { label: "angle", unit: "rad" },
  series: [
    { label: "first push", x: times, y: list(course(6, times), 0) },
    { label: "found push", x: times, y: list(course(push, times), 0) },
    { label: "wanted", x: [when], y: [wanted], points: true },
  ],
});
