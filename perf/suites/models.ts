import { lstmProgram, mixtureProgram, mlpProgram, poolPrograms, weightedRotaryPrograms } from "../programs/models.js";
import { pendulumProgram } from "../programs/ode.js";
import { againstLimits } from "../report.js";
import type { Suite } from "../suite.js";

export const models: Suite = {
  name: "models",
  title: "Models: embeddings, pooling, a Gaussian mixture, an LSTM, a perceptron, a differential equation",
  programs: (effort) => {
    const thorough = effort === "thorough";
    return [
      ...weightedRotaryPrograms(64, thorough ? 512 : 128),
      ...poolPrograms(100),
      mixtureProgram(thorough ? 1000 : 200, 10, 5),
      lstmProgram(thorough ? 1024 : 64),
      mlpProgram("float64", 784, 128, 10, 64),
      mlpProgram("float32", 784, 128, 10, 64),
      pendulumProgram(8),
    ];
  },
  report: againstLimits,
};
