/** Which blocks of code a page can run, and what they show at build time. */

/** What an import says it imports from. */
const sources = /^\s*(?:import|export)\b[^"';]*?(?:from\s*)?["']([^"']+)["']/gm;

/** Modules of programs that need Node or a bundler: blocks that import them are shown, but not run in the page. */
const elsewhere = /^(?:node:|cotangent\/(?:register|unplugin)$)/;

/** Why a block cannot be run in the page; undefined where it can. */
export function reasonNotToRun(language: string, code: string): string | undefined {
  if (!/^(?:ts|typescript|js|javascript)$/.test(language)) return "it is no program";
  const named = [...code.matchAll(sources)].map(([, name = ""]) => name).find((name) => elsewhere.test(name));
  return named === undefined ? undefined : `it imports ${named}`;
}

/** Whether a program may hold marked functions, so that there is rewritten code to show. */
export const mayBeRewritten = (code: string): boolean =>
  code.includes("use grad") || (/\bdifferentiable\b/.test(code) && code.includes("cotangent"));
