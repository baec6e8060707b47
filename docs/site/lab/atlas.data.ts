import { type PackedOutline, packedOutlines } from "./atlas.js";

/** The outlines that a reader can choose; loaded at the first touch of their exercise. */
declare const data: PackedOutline[];

export { data };

export default { load: packedOutlines };
