import type { Examples } from "../../support/examples.js";
import { a, b, between } from "./points.js";

export const examples: Examples = {
  cdist: between(a, b),
};
