import { numberPrograms, smallArrayPrograms } from "../programs/scalars.js";
import { againstLimits } from "../report.js";
import type { Suite } from "../suite.js";

export const scalars: Suite = {
  name: "scalars",
  title: "Fixed costs: an operation on numbers, a call, an operation on a tiny array",
  programs: () => [...numberPrograms(10_000), ...smallArrayPrograms()],
  report: againstLimits,
};
