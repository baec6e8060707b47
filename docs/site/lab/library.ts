/** The library, as the page imports it and as the sandbox does. */
export type Library = typeof import("../../../lib/index.js");
