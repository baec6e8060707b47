import type { Suite } from "../suite.js";
import { arrays } from "./arrays.js";
import { elementwise } from "./elementwise.js";
import { growth } from "./growth.js";
import { higher } from "./higher.js";
import { lab } from "./lab.js";
import { models } from "./models.js";
import { plain } from "./plain.js";
import { scalars } from "./scalars.js";

/** All suites, in the order in which they are run and reported. */
export const suites: readonly Suite[] = [lab, growth, scalars, elementwise, arrays, models, higher, plain];
