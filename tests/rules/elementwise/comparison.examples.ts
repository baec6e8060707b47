import { alike, aVector, type Calls } from "../../support/calls.js";

export const calls: Calls = {
  ...alike("less greater lessEqual greaterEqual equal", "operand operand", aVector, 2),
};
