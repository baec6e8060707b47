/** The part of ndarray-ops that ops.ts calls. The package exports an object: only the default import works at run time. */
declare module "ndarray-ops" {
  const ops: {
    /** dst[…] = src[…] for arrays of one shape. */
    assign(dst: unknown, src: unknown): unknown;
    /** The sum of all entries. */
    sum(x: unknown): number;
  };
  export default ops;
}
