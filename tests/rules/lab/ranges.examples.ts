import type { Calls } from "../../support/calls.js";

export const calls: Calls = {
  createRange: ["integer integer", 4, 2],
};
