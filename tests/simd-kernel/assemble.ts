import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import wabt from "wabt";
import { root } from "../support/command.js";

/** The text of the kernel and the module that carries its bytes, from the root of the repository. */
export const textPath = "lib/nd/products/simd-kernel.wat";
export const bytesPath = "lib/nd/products/simd-bytes.ts";

/** The module that carries the assembled kernel, and how many bytes that is. */
export async function assembled(): Promise<{ code: string; size: number }> {
  const { parseWat } = await wabt();
  const module = parseWat(textPath, readFileSync(resolve(root, textPath), "utf8"), { simd: true, relaxed_simd: false });
  module.validate();
  const { buffer } = module.toBinary({ canonicalize_lebs: true, write_debug_names: false });
  module.destroy();
  const code = `// Made of simd-kernel.wat by \`npm run build:kernel\`; do not edit.

/** The ${buffer.length} bytes of the kernel, two digits each: bytes that come again are text that comes again, which base64 hides from compression. */
export const simdBytes: string =
  "${Buffer.from(buffer).toString("hex")}";
`;
  return { code, size: buffer.length };
}
