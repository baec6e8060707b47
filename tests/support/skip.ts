/** A test that is not run here, and why. */
export interface Skip {
  readonly name: string;
  readonly reason: string;
}

/** The skips so far, in the order of their declaration; the runner prints and counts them. */
export const skips: Skip[] = [];

/**
 * Declares a test that is not run, in the place of `test(name, …)`.
 * @throws {TypeError} when no reason is given: a skip without one hides a hole
 */
export function skip(name: string, reason: string): void {
  if (typeof reason !== "string" || reason.trim() === "") throw new TypeError(`skip: "${name}" needs a reason`);
  skips.push({ name, reason });
}
