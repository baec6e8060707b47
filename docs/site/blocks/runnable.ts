/** Which blocks of code a page can run, and what they show at build time. */

/** What an import says it imports from. */
const sources = /^\s*(?:import|export)\b[^"';]*?(?:from\s*)?["']([^"']+)["']/gm;

/**
 * Why a block cannot be run in the page; undefined where it can.
 * @param known the modules that programs in the page may import
 */
export function reasonNotToRun(language: string, code: string, known: ReadonlySet<string>): string | undefined {
  if (!/^(?:ts|typescript|js|javascript)$/.test(language)) return "it is no program";
  const named = [...code.matchAll(sources)].map(([, name = ""]) => name).find((name) => !known.has(name));
  if (named !== undefined) return `it imports ${named}`;
  const used = /\b(?:Buffer|require)\b(?=[.(])/.exec(code)?.[0];
  return used === undefined ? undefined : `it uses ${used}`;
}

/** Whether a program may hold marked functions, so that there is rewritten code to show. */
export const mayBeRewritten = (code: string): boolean =>
  code.includes("use grad") || (/\bdifferentiable\b/.test(code) && code.includes("cotangent"));
