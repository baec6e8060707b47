/**
 * The same function compiled anew, with inline caches of its own: for a loop that runs on two kinds of arrays as if it were written for each.
 * It must not refer to anything outside itself.
 */
export function ownCopy<F extends (...args: never[]) => unknown>(f: F): F {
  // Compilers that keep names wrap inner functions in a call of __name.
  return new Function("__name", `return ${f};`)((inner: unknown) => inner) as F;
}
