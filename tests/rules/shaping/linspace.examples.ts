import type { Calls } from "../../support/calls.js";
import type { Examples } from "../../support/examples.js";

export const examples: Examples = {
  linspace: [{ args: [1.5, -2, 5] }, { args: [1.5, 3, 1], note: "start alone" }],
};

export const calls: Calls = {
  linspace: ["number number integer", 0, 1, 3],
};
