/** The most rows, depth and columns of the blocks that a kernel multiplies: a packed block of a takes 128 kB, of b 1 MB. */
export const blockRows = 64;
export const blockDepth = 256;
export const blockCols = 512;

/** Entries of four rows of a lie together. */
export const panelRows = 4;

/** Where the packed block of a, that of b and their product begin in the kernel's memory, in bytes. */
export const startOfA = 0;
export const startOfB: number = startOfA + blockRows * blockDepth * 8;
export const startOfC: number = startOfB + blockDepth * blockCols * 8;
/** The bytes that the three take. */
export const memorySize: number = startOfC + blockRows * blockCols * 8;

/** c = a · b for packed blocks. Rows are a multiple of 4, columns one of the width of the panels of b; none is 0. */
export type MultiplyBlocks = (a: number, b: number, c: number, rows: number, cols: number, depth: number) => void;

/**
 * What multiplies blocks that lie packed in a memory of its own. It takes panels of four rows of a, in each the entries of a column
 * together; panels of 4 columns of b, or 8 in single precision, in each the entries of a row together; and gives c row by row. Every entry
 * of c is added up from the first product to the last, each product and each sum rounded to the kind of the operands.
 * Source: the tiling of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34 (2008).
 */
export interface BlockKernel {
  /** The memory, in doubles. */
  readonly float64: Float64Array;
  /** The same memory, in singles. */
  readonly float32: Float32Array;
  readonly multiplyFloat64: MultiplyBlocks;
  readonly multiplyFloat32: MultiplyBlocks;
}

/** The kernel in plain JavaScript, in tiles of 2 × 4 entries that stay in registers. */
export function plainKernel(): BlockKernel {
  const memory = new ArrayBuffer(memorySize);
  const float64 = new Float64Array(memory);
  const float32 = new Float32Array(memory);
  return {
    float64,
    float32,
    multiplyFloat64: (a, b, c, rows, cols, depth) => multiplyDoubles(float64, a / 8, b / 8, c / 8, rows, cols, depth),
    multiplyFloat32: (a, b, c, rows, cols, depth) => multiplySingles(float32, a / 4, b / 4, c / 4, rows, cols, depth),
  };
}

function multiplyDoubles(x: Float64Array, a: number, b: number, c: number, rows: number, cols: number, depth: number): void {
  for (let j = 0; j < cols; j += 4) {
    for (let i = 0; i < rows; i += 2) {
      let c00 = 0;
      let c01 = 0;
      let c02 = 0;
      let c03 = 0;
      let c10 = 0;
      let c11 = 0;
      let c12 = 0;
      let c13 = 0;
      // The second pair of rows of a panel is two entries behind the first.
      const start = a + (i & ~3) * depth + (i & 2);
      for (let p = start, end = start + 4 * depth, q = b + j * depth; p < end; p += 4, q += 4) {
        const a0 = x[p] as number;
        const a1 = x[p + 1] as number;
        const b0 = x[q] as number;
        const b1 = x[q + 1] as number;
        const b2 = x[q + 2] as number;
        const b3 = x[q + 3] as number;
        c00 += a0 * b0;
        c01 += a0 * b1;
        c02 += a0 * b2;
        c03 += a0 * b3;
        c10 += a1 * b0;
        c11 += a1 * b1;
        c12 += a1 * b2;
        c13 += a1 * b3;
      }
      const to = c + i * cols + j;
      x[to] = c00;
      x[to + 1] = c01;
      x[to + 2] = c02;
      x[to + 3] = c03;
      x[to + cols] = c10;
      x[to + cols + 1] = c11;
      x[to + cols + 2] = c12;
      x[to + cols + 3] = c13;
    }
  }
}

/** As `multiplyDoubles`, rounding to single precision as the machine's own singles do. */
function multiplySingles(x: Float32Array, a: number, b: number, c: number, rows: number, cols: number, depth: number): void {
  const { fround } = Math;
  for (let j = 0; j < cols; j += 4) {
    for (let i = 0; i < rows; i += 2) {
      let c00 = fround(0);
      let c01 = fround(0);
      let c02 = fround(0);
      let c03 = fround(0);
      let c10 = fround(0);
      let c11 = fround(0);
      let c12 = fround(0);
      let c13 = fround(0);
      const start = a + (i & ~3) * depth + (i & 2);
      // A panel of b holds two quadruples of columns.
      for (let p = start, end = start + 4 * depth, q = b + (j & ~7) * depth + (j & 4); p < end; p += 4, q += 8) {
        const a0 = x[p] as number;
        const a1 = x[p + 1] as number;
        const b0 = x[q] as number;
        const b1 = x[q + 1] as number;
        const b2 = x[q + 2] as number;
        const b3 = x[q + 3] as number;
        c00 = fround(c00 + fround(a0 * b0));
        c01 = fround(c01 + fround(a0 * b1));
        c02 = fround(c02 + fround(a0 * b2));
        c03 = fround(c03 + fround(a0 * b3));
        c10 = fround(c10 + fround(a1 * b0));
        c11 = fround(c11 + fround(a1 * b1));
        c12 = fround(c12 + fround(a1 * b2));
        c13 = fround(c13 + fround(a1 * b3));
      }
      const to = c + i * cols + j;
      x[to] = c00;
      x[to + 1] = c01;
      x[to + 2] = c02;
      x[to + 3] = c03;
      x[to + cols] = c10;
      x[to + cols + 1] = c11;
      x[to + cols + 2] = c12;
      x[to + cols + 3] = c13;
    }
  }
}
