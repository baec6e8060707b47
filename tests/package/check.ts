/**
 * Checks the package as its users get it: builds it, packs it, lets publint and attw read the tarball, installs it into a fresh folder and uses it
 * there from a plain module, from strict TypeScript and through a bundler. Prints one line for each check; exits with 1 when one fails.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { type Outcome, root, run } from "../support/command.js";
import { arrayProgram, mathProgram, ordinaryProgram, plainScript, specialScript, typedProgram, wronglyTypedProgram } from "./programs.js";
import { sizedPrograms } from "./sizes.js";
import { startTimes } from "./start.js";

/** How much longer node may work on its start with the package than without, in milliseconds. */
const startLimit = 200;

const work = mkdtempSync(join(tmpdir(), "cotangent-package-"));
const consumer = join(work, "consumer");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const bin = (name: string) => resolve(root, "node_modules", name);
let failures = 0;

/** Runs one check, which returns what to print beside its name and throws to fail. */
async function check(name: string, body: () => Promise<string>): Promise<boolean> {
  try {
    const detail = await body();
    console.log(`ok    ${name}${detail === "" ? "" : `: ${detail}`}`);
    return true;
  } catch (error) {
    failures++;
    console.log(`FAIL  ${name}\n${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** The output of a command that must succeed. */
async function succeed(outcome: Promise<Outcome>): Promise<string> {
  const { code, stdout, stderr } = await outcome;
  if (code !== 0) throw new Error(`exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

const node = (args: readonly string[], cwd: string = root) => succeed(run(process.execPath, args, cwd));

/** Packs what was built; the names of the packed files and the tarball's path. */
async function pack(): Promise<{ tarball: string; files: string[]; size: number }> {
  const listing = await succeed(run(npm, ["pack", "--ignore-scripts", "--json", "--pack-destination", work]));
  const reports: unknown = JSON.parse(listing);
  const [report] = Object.values(reports as Record<string, { filename: string; size: number; files: { path: string }[] }>);
  if (report === undefined) throw new Error(`npm pack reports nothing:\n${listing}`);
  return { tarball: join(work, basename(report.filename)), files: report.files.map(({ path }) => path), size: report.size };
}

/** Bundles a program against the installed package as an application would be: one minified module, with what was not used shaken out. */
async function bundle(name: string, contents: string): Promise<{ file: string; bytes: number; inputs: string[] }> {
  const file = join(consumer, `${name}.bundle.mjs`);
  const result = await build({
    stdin: { contents, resolveDir: consumer, sourcefile: `${name}.js` },
    absWorkingDir: consumer,
    outfile: file,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error("nothing was bundled");
  writeFileSync(file, output.contents);
  const inputs = Object.entries(Object.values(result.metafile.outputs)[0]?.inputs ?? {}).filter(
    ([, { bytesInOutput }]) => bytesInOutput > 0,
  );
  return { file, bytes: gzipSync(output.contents, { level: 9 }).length, inputs: inputs.map(([path]) => path) };
}

/** Has every module count as one that is imported for its effects, whatever its package says. */
const everythingActs: Plugin = {
  name: "everything acts",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === "resolved") return undefined;
      const found = await resolve(path, { ...rest, pluginData: "resolved" });
      return { ...found, sideEffects: true };
    });
  },
};

/** What a bundler keeps of modules of which nothing is used. */
async function keptOf(entries: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entries.map((entry) => `import "${entry}";`).join("\n"), resolveDir: consumer },
    absWorkingDir: consumer,
    bundle: true,
    format: "esm",
    target: "es2022",
    external: ["ndarray", "@stdlib/*"],
    plugins: [everythingActs],
    write: false,
    logLevel: "silent",
  });
  return (outputFiles[0]?.text ?? "").replace(/^(?:import .*|\/\/.*)$/gm, "").trim();
}

/** Type-checks one program of the consumer, the declarations of every package included. */
function typeCheck(program: string): Promise<Outcome> {
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2022"],
    module: "NodeNext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
  };
  writeFileSync(join(consumer, "program.ts"), program);
  writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  return run(process.execPath, [bin("typescript/bin/tsc"), "-p", consumer, "--pretty", "false"], consumer);
}

async function checkUse(): Promise<void> {
  await check("a plain module uses every entry but cotangent/special, without the packages of that one", async () => {
    writeFileSync(join(consumer, "plain.mjs"), plainScript);
    return node(["plain.mjs"], consumer);
  });
  await check("where no function may be made from a string, the package is imported, and numbers are differentiated", async () => {
    const code = 'import { gradient, sin } from "cotangent"; if (gradient((x) => sin(x), 0)[0] !== 1) throw new Error("wrong gradient");';
    return node(["--disallow-code-generation-from-strings", "--input-type=module", "--eval", code], consumer);
  });
  await check("the entry cotangent/special names the package it misses, and works with its packages beside it", async () => {
    writeFileSync(join(consumer, "special.mjs"), specialScript);
    const { code, stderr } = await run(process.execPath, ["special.mjs"], consumer);
    if (code === 0 || !/ERR_MODULE_NOT_FOUND/.test(stderr) || !/Cannot find package '@stdlib\/math-base-special-\w+'/.test(stderr))
      throw new Error(`exit code ${code}\n${stderr}`);
    symlinkSync(bin("@stdlib"), join(consumer, "node_modules", "@stdlib"), "junction");
    return node(["special.mjs"], consumer);
  });
  await check("the loader runs ordinary TypeScript, the command prints what it becomes, strict TypeScript accepts it", async () => {
    writeFileSync(join(consumer, "ordinary.ts"), ordinaryProgram);
    const printed = await node(["--import", "cotangent/register", "ordinary.ts"], consumer);
    if (printed !== "12\n") throw new Error(`prints ${printed}`);
    const command = join(consumer, "node_modules/.bin/cotangent");
    const rewritten = await succeed(run(command, ["transform", "ordinary.ts"], consumer));
    if (!rewritten.includes("$c_pow(x, n)")) throw new Error(rewritten);
    await succeed(typeCheck(ordinaryProgram.replace("console.log(da)", "if (da !== 12) throw new Error()")));
    return "";
  });
  await check("strict TypeScript accepts a right program", () => succeed(typeCheck(typedProgram)));
  await check("strict TypeScript refuses a wrong one", async () => {
    const { code, stdout } = await typeCheck(wronglyTypedProgram);
    if (code === 0 || !stdout.includes("program.ts(4,")) throw new Error(`the mistake of line 4 passes\n${stdout}`);
    return "";
  });
  await check("a bundle keeps the rules of Math.*", async () => {
    const { file, bytes } = await bundle("math", mathProgram);
    await node([file], consumer);
    return `${bytes} bytes gzipped`;
  });
  await check("a bundle of elementwise rules alone works on arrays", async () => {
    const { file, bytes } = await bundle("array", arrayProgram);
    await node([file], consumer);
    return `${bytes} bytes gzipped`;
  });
  await check("nothing is kept of modules that are not used, but for cotangent/rules/math", async () => {
    const entries = ["cotangent", "cotangent/core", "cotangent/rules", "cotangent/special", "cotangent/testing"];
    const kept = await keptOf(entries);
    if (kept !== "") throw new Error(kept);
    if ((await keptOf([...entries, "cotangent/rules/math"])) === "")
      throw new Error("nothing is kept of rules/math: this would see nothing");
    return "";
  });
  for (const { name, limit, contents, without } of sizedPrograms) {
    await check(`${name}: at most ${(limit / 1000).toFixed(1)} kB gzipped`, async () => {
      const { file, bytes, inputs } = await bundle("sized", contents);
      await node([file], consumer);
      const unwanted = inputs.filter((path) => without.test(path));
      if (unwanted.length > 0) throw new Error(`the bundle holds ${unwanted.join(", ")}`);
      if (bytes > limit) throw new Error(`${bytes} bytes; it holds\n${inputs.join("\n")}`);
      return `${bytes} bytes`;
    });
  }
  await check(`importing cotangent takes node at most ${startLimit} ms`, async () => {
    const { bare, importing } = await startTimes("cotangent", consumer);
    const longer = importing.least - bare.least;
    const times = `${longer.toFixed(0)} ms (medians: ${importing.median.toFixed(0)} ms, node alone ${bare.median.toFixed(0)} ms)`;
    if (longer > startLimit) throw new Error(times);
    return times;
  });
}

async function checkAll(): Promise<void> {
  if (!(await check("build", () => succeed(run(npm, ["run", "--silent", "build"]))))) return;
  let tarball = "";
  const packed = await check("pack", async () => {
    const { files, size, ...rest } = await pack();
    tarball = rest.tarball;
    const strangers = files.filter(
      (path) =>
        !/^(?:dist\/(?:chunks\/|rules\/|register\/|)[\w-]+\.js|dist\/types\/(?:lib|rules)\/.*\.d\.ts|dist\/licenses\.txt|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/.test(
          path,
        ),
    );
    if (strangers.length > 0) throw new Error(`the tarball holds ${strangers.join(", ")}`);
    return `${files.length} files, ${(size / 1000).toFixed(1)} kB`;
  });
  if (!packed) return;
  await check("publint", async () => {
    await node([bin("publint/src/cli.js"), "run", tarball, "--strict"]);
    return "";
  });
  await check("attw", async () => {
    await node([bin("@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "esm-only", "--no-emoji", "--format", "ascii"]);
    return "";
  });
  const installed = await check("install into a fresh folder", async () => {
    mkdirSync(consumer);
    writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
    await succeed(run(npm, ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], consumer));
    return "";
  });
  if (installed) await checkUse();
}

try {
  await checkAll();
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;
