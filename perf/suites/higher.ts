import { higherPrograms } from "../programs/higher.js";
import { againstLimits } from "../report.js";
import type { Suite } from "../suite.js";

export const higher: Suite = {
  name: "higher",
  title: "First and second derivatives of Rosenbrock's function, of arrays and entry by entry",
  programs: (effort) => (effort === "thorough" ? higherPrograms(1000, 100) : higherPrograms(1000, 50)),
  report: againstLimits,
};
