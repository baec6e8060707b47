/** The part of ndarray-ops that ops.ts calls. The package exports one object: only a default import finds it at run time. */
declare module "ndarray-ops" {
  const ops: {
    /** dst[…] = src[…] for arrays of one shape. */
    assign(dst: unknown, src: unknown): unknown;
    /** The sum of all entries. */
    sum(x: unknown): number;
  };
  export = ops;
}
