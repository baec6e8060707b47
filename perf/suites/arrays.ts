import { factorizationPrograms, productsAgainstPacked } from "../programs/linalg.js";
import { attentionProgram, normalizationPrograms, windowPrograms } from "../programs/networks.js";
import { productPrograms } from "../programs/products.js";
import { reductionPrograms } from "../programs/reductions.js";
import { shapingPrograms } from "../programs/shaping.js";
import { againstLimits } from "../report.js";
import type { Suite } from "../suite.js";

export const arrays: Suite = {
  name: "arrays",
  title: "Reductions, shaping, indexing, products, linear algebra and functions of networks",
  programs: (effort) => {
    const thorough = effort === "thorough";
    const n = thorough ? 256 : 100;
    return [
      ...reductionPrograms(n),
      ...shapingPrograms(n),
      ...normalizationPrograms(n),
      ...windowPrograms(thorough ? 32 : 12),
      attentionProgram(thorough ? 128 : 48),
      ...productPrograms(n),
      ...factorizationPrograms(thorough ? 200 : 100),
      ...productsAgainstPacked(thorough ? 512 : 256),
    ];
  },
  report: againstLimits,
};
