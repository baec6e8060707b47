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
import type { Row } from "../results.js";
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

function report(rows: readonly Row[]): string {
  return table(
    ["value and gradient", "hand", "ndarray", "rule", "traced", "contrast"],
    rows.map(({ name, hand, ratios }) => [
      name,
      duration(hand),
      ...([ratios.ndarray, ratios.rule, ratios.traced, ratios.contrast].map((ratio) => multiple(ratio?.best)) as string[]),
    ]),
  );
}

export const lab: Suite = {
  name: "lab",
  title: "The lab's functions: the hand-written loop, and the others as multiples of it",
  programs,
  report,
};
