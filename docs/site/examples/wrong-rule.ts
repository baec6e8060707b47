// A wrong rule, named
//
// The running mean of two neighbours, y[k] = (x[k] + x[k + 1]) / 2, with a
// slip in its reverse half: the inner entries of x are used twice, so their
// cotangents must be added, but the second one overwrites the first. A
// gradient from it would be silently wrong. The kit names the fault.
import { array, defineRule, type NdArray, NoTangent, zeros } from "cotangent";
import { testRule } from "cotangent/testing";

const mean = (x: NdArray): NdArray => {
  const y = zeros(x.size - 1);
  for (let k = 0; k < y.size; k++) y.set(k, (x.get(k) + x.get(k + 1)) / 2);
  return y;
};

const runningMean = defineRule(
  mean,
  {
    frule: ([, dx], x) => [mean(x), mean(dx)],
    rrule: (x) => [
      mean(x),
      (ybar) => {
        const xbar = zeros(x.size);
        for (let k = 0; k < ybar.size; k++) {
          xbar.set(k, ybar.get(k) / 2); // right: xbar.get(k) + ybar.get(k) / 2
          xbar.set(k + 1, ybar.get(k) / 2);
        }
        return [NoTangent, xbar];
      },
    ],
  },
  { name: "runningMean" },
);

try {
  testRule(runningMean, array([1, 4, 2, 8, 5]));
  console.log("The rule is right.");
} catch (error) {
  console.log((error as Error).message);
}
