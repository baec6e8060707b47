import { plainCallPrograms, plainPrograms } from "../programs/plain.js";
import { againstLimits } from "../report.js";
import type { Suite } from "../suite.js";

export const plain: Suite = {
  name: "plain",
  title:
    "Plain TypeScript, rewritten: whole programs against the same in add and mul, and calls on plain arguments against the raw function",
  programs: () => [...plainPrograms(), ...plainCallPrograms()],
  report: (rows) => againstLimits(rows, ["reference", "plain"]),
};
