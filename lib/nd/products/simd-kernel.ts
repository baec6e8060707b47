import { type BlockKernel, memorySize, plainKernel } from "./block-kernel.js";
import { simdBytes } from "./simd-bytes.js";

/** What is used of WebAssembly. The types of browsers declare it, those of Node do not. */
interface Assembler {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
}

let allowed = true;
let kernel: BlockKernel | undefined;

/** The kernel that multiplies blocks, made at the first call: WebAssembly where it may run and knows vectors, else plain JavaScript. */
export function blockKernel(): BlockKernel {
  if (kernel === undefined) kernel = (allowed ? simdKernel() : undefined) ?? plainKernel();
  return kernel;
}

/** Says whether WebAssembly may serve from now on. For tests: both kernels must give the same. */
export function allowSimd(yes: boolean): void {
  allowed = yes;
  kernel = undefined;
}

/**
 * simd-kernel.wat, compiled at once: it is small enough for a browser's main thread. Undefined where a policy forbids WebAssembly, the
 * machine has no vectors, or its memory reads in another order than JavaScript's.
 */
export function simdKernel(): BlockKernel | undefined {
  const { WebAssembly: assembler } = globalThis as { WebAssembly?: Assembler };
  if (assembler === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(simdBytes.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    const { memory, multiplyFloat64, multiplyFloat32 } = new assembler.Instance(new assembler.Module(bytes)).exports as Pick<
      BlockKernel,
      "multiplyFloat64" | "multiplyFloat32"
    > & { readonly memory: { readonly buffer: ArrayBuffer } };
    if (memory.buffer.byteLength < memorySize) return undefined;
    const float64 = new Float64Array(memory.buffer);
    float64.fill(3, 0, 8);
    multiplyFloat64(0, 32, 64, 4, 4, 1);
    return float64[8] === 9 ? { float64, float32: new Float32Array(memory.buffer), multiplyFloat64, multiplyFloat32 } : undefined;
  } catch {
    return undefined;
  }
}
