import type { Answer } from "../answer.js";

/** The extents of a convolution in the plane, stride 1 without padding; a line is a plane of one row. */
export interface Planes {
  readonly batch: number;
  readonly channels: number;
  readonly kernels: number;
  readonly rows: number;
  readonly cols: number;
  readonly kernelRows: number;
  readonly kernelCols: number;
}

/**
 * Σ y², y = conv(x, w) + b: x [N, C, H, W], w [O, C, K, K′], b [O], O even. Rows of the result are added up for two kernels at a time while
 * they are in the first-level cache, and handed back at once.
 */
export function squareOfConvolution(x: Float64Array, w: Float64Array, b: Float64Array, size: Planes): Answer {
  const { batch, channels, kernels, rows, cols, kernelRows, kernelCols } = size;
  const outRows = rows - kernelRows + 1;
  const outCols = cols - kernelCols + 1;
  const plane = rows * cols;
  const perChannel = kernelRows * kernelCols;
  const perKernel = channels * perChannel;
  const xbar = new Float64Array(x.length);
  const wbar = new Float64Array(w.length);
  const bbar = new Float64Array(b.length);
  const y = new Float64Array(outCols);
  const z = new Float64Array(outCols);
  let value = 0;
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < kernels; o += 2) {
      for (let i = 0; i < outRows; i++) {
        y.fill(b[o] as number);
        z.fill(b[o + 1] as number);
        const start = n * channels * plane + i * cols;
        for (let c = 0, tap = o * perKernel; c < channels; c++) {
          for (let p = 0; p < kernelRows; p++) {
            for (let q = 0; q < kernelCols; q++, tap++) {
              const u = w[tap] as number;
              const v = w[tap + perKernel] as number;
              const at = start + c * plane + p * cols + q;
              for (let j = 0; j < outCols; j++) {
                const entry = x[at + j] as number;
                (y[j] as number) += u * entry;
                (z[j] as number) += v * entry;
              }
            }
          }
        }
        let totalY = 0;
        let totalZ = 0;
        for (let j = 0; j < outCols; j++) {
          const [a, d] = [y[j] as number, z[j] as number];
          value += a * a + d * d;
          totalY += a;
          totalZ += d;
          y[j] = 2 * a;
          z[j] = 2 * d;
        }
        (bbar[o] as number) += 2 * totalY;
        (bbar[o + 1] as number) += 2 * totalZ;
        for (let c = 0, tap = o * perKernel; c < channels; c++) {
          for (let p = 0; p < kernelRows; p++) {
            for (let q = 0; q < kernelCols; q++, tap++) {
              const u = w[tap] as number;
              const v = w[tap + perKernel] as number;
              const at = start + c * plane + p * cols + q;
              let dotY = 0;
              let dotZ = 0;
              for (let j = 0; j < outCols; j++) {
                const seedY = y[j] as number;
                const seedZ = z[j] as number;
                const entry = x[at + j] as number;
                dotY += seedY * entry;
                dotZ += seedZ * entry;
                (xbar[at + j] as number) += seedY * u + seedZ * v;
              }
              (wbar[tap] as number) += dotY;
              (wbar[tap + perKernel] as number) += dotZ;
            }
          }
        }
      }
    }
  }
  return { value, gradient: [xbar, wbar, bbar] };
}
