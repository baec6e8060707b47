import type { Measurement } from "../harness.js";
import type { Program } from "../program.js";
import {
  chainProgram,
  distancePrograms,
  f1Program,
  maximumProgram,
  poolSumPrograms,
  rosenbrockProgram,
  rotaryProgram,
} from "../programs/lab.js";
import type { Suite } from "../suite.js";
import { duration, multiple, table } from "../table.js";

/** The lab's functions at the lab's sizes. The contrast is left out where one run of it takes more than a second. */
function programs(): Program[] {
  const pooling = poolSumPrograms(100);
  return [
    f1Program(),
    maximumProgram(100, true),
    maximumProgram(1000, false),
    pooling.library,
    pooling.views,
    pooling.elements,
    ...distancePrograms(100, 10),
    rotaryProgram(64, 512, false),
    rotaryProgram(32, 256, true),
    chainProgram(10_000),
    rosenbrockProgram(1000),
  ];
}

function report(measurements: readonly Measurement[]): string {
  return table(
    ["value and gradient", "hand", "ndarray", "rule", "traced", "contrast"],
    measurements.map(({ program, hand, ratios }) => [
      program.name,
      duration(hand),
      multiple(ratios.ndarray),
      multiple(ratios.rule),
      multiple(ratios.traced),
      multiple(ratios.contrast),
    ]),
  );
}

export const lab: Suite = {
  name: "lab",
  title: "The lab's functions: time of the hand-written loop, the others as multiples of it",
  programs,
  report,
};
