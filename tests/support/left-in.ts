/**
 * What bare uvu lets pass in a test file, read from its source: a left-in `.only`, a skip without a reason, a named suite that is never
 * run, and tests that stand after the last `.run()`.
 */
export function leftIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, " "));
  const faults: string[] = [];
  if (/^\s*[\w$]+\.only\s*\(/m.test(code)) faults.push("a left-in .only");
  if (/^\s*[\w$]+\.skip\s*\(/m.test(code)) faults.push("a skip without a reason; use skip(name, reason) of tests/support/skip.ts");
  for (const [, name] of code.matchAll(/^(?:const|let)\s+([\w$]+)\s*=\s*suite\b/gm)) {
    if (!new RegExp(`(?<![\\w$.])${name?.replaceAll("$", "\\$")}\\.run\\s*\\(`).test(code)) faults.push(`the suite ${name} is never run`);
  }
  const lastRun = code.search(/(?<![\w$.])test\.run\s*\((?![\s\S]*(?<![\w$.])test\.run\s*\()/);
  if (lastRun >= 0 && /^test\s*\(/m.test(code.slice(lastRun))) faults.push("tests after the last test.run()");
  return faults;
}
