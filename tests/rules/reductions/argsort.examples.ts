import { aVector, type Calls } from "../../support/calls.js";

export const calls: Calls = {
  argsort: ["array options", aVector, { axis: 0 }],
};
