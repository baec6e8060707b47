declare module "ndarray-ops" {
  /** What the tests use of it. */
  const ops: {
    sum(x: unknown): number;
    sup(x: unknown): number;
    inf(x: unknown): number;
    assign(dst: unknown, src: unknown): void;
    add(dst: unknown, x: unknown, y: unknown): void;
    mul(dst: unknown, x: unknown, y: unknown): void;
    exp(dst: unknown, x: unknown): void;
  };
  // biome-ignore lint/style/noDefaultExport: the package exports nothing else
  export default ops;
}
