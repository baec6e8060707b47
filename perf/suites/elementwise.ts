import { broadcastPrograms } from "../programs/broadcasting.js";
import { elementwisePrograms } from "../programs/elementwise.js";
import { againstLimits } from "../report.js";
import type { Suite } from "../suite.js";

export const elementwise: Suite = {
  name: "elementwise",
  title: "Σ f(x) of all elementwise functions, with gradients for all operands",
  programs: (effort) => {
    const n = effort === "thorough" ? 100_000 : 10_000;
    return [...elementwisePrograms(n), ...broadcastPrograms(n)];
  },
  report: againstLimits,
};
