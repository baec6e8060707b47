// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of programs
// The projects that tests/package/bundlers.ts makes in empty folders, as users of each bundler write them.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../support/command.js";

/** A project, and how its program is built and run. */
export interface Project {
  readonly name: string;
  /** What is installed beside this package. */
  readonly packages: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** Builds and runs the program in its folder: the last lines that it prints. */
  readonly run: (folder: string) => Promise<string>;
  readonly prints: string;
}

/** What a command prints. */
export async function succeed(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, cwd);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

const node = (folder: string, ...args: string[]): Promise<string> => succeed(process.execPath, args, folder);

/** The path of a program that was installed: beside the project, or in the folder around it. */
function bin(folder: string, path: string): string {
  const own = join(folder, "node_modules", path);
  return existsSync(own) ? own : join(folder, "../node_modules", path);
}

/** The newest versions that are known to work; a newer one is tried by hand before it stands here. */
const versions: Readonly<Record<string, string>> = {
  vite: "8",
  rollup: "4",
  webpack: "5",
  "webpack-cli": "7",
  "ts-loader": "9",
  rolldown: "1",
  "@rspack/core": "2",
  esbuild: "0.28",
  "playwright-core": "1",
  unplugin: "3",
  "@rollup/plugin-node-resolve": "16",
  "@rollup/plugin-commonjs": "29",
  "@rollup/plugin-typescript": "12",
  tslib: "2",
  "@sparticuz/chromium": "153",
  typescript: "5",
};

/** Packages as npm installs them. */
const released = (...names: readonly string[]): string[] => names.map((name) => `${name}@${versions[name]}`);

/** The program of all projects, in two files. */
const sources: Readonly<Record<string, string>> = {
  "src/main.ts": [
    'import { differentiable, gradient } from "cotangent";',
    'import { wave } from "./wave.js";',
    "const f = differentiable((x: number, y: number): number => x ** 2 + 3 * y + 0 * wave(x));",
    "console.log(`gradient ${gradient(f, 2, 4).join()}`);",
  ].join("\n"),
  "src/wave.ts": 'export function wave(v: number): number {\n  "use grad";\n  return Math.sin(v);\n}\n',
  "tsconfig.json":
    '{ "compilerOptions": { "strict": true, "target": "ES2022", "module": "ESNext", "moduleResolution": "bundler", "lib": ["ES2022", "DOM"], "skipLibCheck": true }, "include": ["src"] }',
};
const prints = "gradient 4,3";

/** A project whose script build.mjs builds dist/main.mjs. */
const built = (name: string, packages: readonly string[], script: string, main = "dist/main.mjs"): Project => ({
  name,
  packages: released("unplugin", ...packages),
  files: { ...sources, "build.mjs": script },
  run: async (folder) => {
    await node(folder, "build.mjs");
    return node(folder, main);
  },
  prints,
});

/** Chromium on this machine; where there is none, one from the registry is taken. */
export const chromium: string | undefined = [
  process.env["CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== "" && existsSync(path));

const quiet =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** Builds the pages and opens them, then opens them from the development server and writes into a marked file while one is open. */
const openPages = (dev: boolean): string =>
  `
import { writeFileSync } from "node:fs";
import { chromium as browsers } from "playwright-core";
import { build, createServer, preview } from "vite";

const own = ${JSON.stringify(chromium ?? null)};
const other = own === null ? (await import("@sparticuz/chromium")).default : undefined;
const browser = await browsers.launch({ executablePath: own ?? (await other.executablePath()), args: own ? ${JSON.stringify(quiet.split(" "))} : other.args });
const options = { logLevel: "error", server: { port: 0, host: "127.0.0.1" }, preview: { port: 0, host: "127.0.0.1" } };
const titled = (page, title) => page.waitForFunction((title) => document.title === title, title, { timeout: 30000 });
const open = async (server, path, title) => {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.log(String(error)));
  await page.goto(server.resolvedUrls.local[0] + path);
  await titled(page, title);
  return page;
};
const close = (server) => new Promise((done) => { server.httpServer.closeAllConnections?.(); server.close ? server.close().then(done, done) : server.httpServer.close(done); });
` +
  (dev
    ? `
const server = await createServer(options);
await server.listen();
const page = await open(server, "", "gradient 4,3");
await open(server, "transform.html", "gradient 6");
await page.evaluate(() => { window.sameAsBefore = true; });
writeFileSync("src/model.ts", 'import { differentiable } from "cotangent";\\nexport const f = differentiable((x: number, y: number): number => x ** 3 + 3 * y);\\n');
await titled(page, "gradient 12,3");
if (!(await page.evaluate(() => window.sameAsBefore))) throw new Error("the page was loaded anew");
console.log("hot 12,3");
`
    : `
await build({ ...options, build: { target: "es2022", rollupOptions: { input: ["index.html", "transform.html"] } } });
const server = await preview(options);
await open(server, "", "gradient 4,3");
await open(server, "transform.html", "gradient 6");
console.log("built 4,3");
`) +
  `
await browser.close();
await Promise.race([close(server), new Promise((done) => setTimeout(done, 2000))]);
process.exit(0);
`;

const vite: Project = {
  name: "vite",
  packages: released("unplugin", "vite", "playwright-core", ...(chromium === undefined ? ["@sparticuz/chromium"] : [])),
  files: {
    "index.html": '<!doctype html><title>wait</title><body><script type="module" src="/src/main.ts"></script></body>\n',
    "transform.html": '<!doctype html><title>wait</title><body><script type="module" src="/src/transform.ts"></script></body>\n',
    "vite.config.ts": 'import { vite as cotangent } from "cotangent/unplugin";\nexport default { plugins: [cotangent()] };\n',
    "src/model.ts":
      'import { differentiable } from "cotangent";\nexport const f = differentiable((x: number, y: number): number => x ** 2 + 3 * y);\n',
    "src/main.ts": [
      'import { gradient } from "cotangent";',
      'import { f } from "./model.js";',
      "const show = (g: typeof f): void => {",
      "  document.title = `gradient ${gradient(g, 2, 4).join()}`;",
      "};",
      "show(f);",
      'import.meta.hot?.accept("./model.js", (next) => next && show(next.f));',
    ].join("\n"),
    // The transform at work in a page: what it makes of a program is run there.
    "src/transform.ts": [
      'import { gradient } from "cotangent";',
      'import * as plain from "cotangent/plain";',
      'import { blankTypes, transform } from "cotangent/transform";',
      "const source = 'import { differentiable } from \"cotangent\"; export const f = differentiable((x: number) => x * x);';",
      'const { code } = transform(source, { file: "f.ts" });',
      'const text = blankTypes(code, { file: "f.ts" }).replace(/import \\{([^}]*)\\} from "cotangent\\/plain";/, (_, names) => `const {${names.replaceAll(" as ", ": ")}} = plain;`);',
      'const f = new Function("plain", text.replace(/import [^;]*;/, "").replace("export const f =", "return"))(plain);',
      "document.title = `gradient ${gradient(f, 3).join()}`;",
    ].join("\n"),
  },
  run: async (folder) => {
    const lines: string[] = [];
    for (const dev of [false, true]) {
      writeFileSync(join(folder, "open.mjs"), openPages(dev));
      lines.push((await node(folder, "open.mjs")).trim().split("\n").at(-1) as string);
    }
    return lines.join("; ");
  },
  prints: "built 4,3; hot 12,3",
};

export const projects: readonly Project[] = [
  {
    name: "node",
    packages: [],
    files: sources,
    run: (folder) => node(folder, "--import", "cotangent/register", "src/main.ts"),
    prints,
  },
  built(
    "esbuild",
    ["esbuild"],
    'import { build } from "esbuild";\nimport { esbuild } from "cotangent/unplugin";\nawait build({ entryPoints: ["src/main.ts"], bundle: true, minify: true, format: "esm", outfile: "dist/main.mjs", plugins: [esbuild()] });\n',
  ),
  built(
    "rolldown",
    ["rolldown"],
    'import { rolldown } from "rolldown";\nimport { rolldown as cotangent } from "cotangent/unplugin";\nconst bundle = await rolldown({ input: "src/main.ts", platform: "node", plugins: [cotangent()] });\nawait bundle.write({ file: "dist/main.mjs", format: "esm", minify: true });\nawait bundle.close();\n',
  ),
  built(
    "rspack",
    ["@rspack/core"],
    'import { rspack } from "@rspack/core";\nimport { rspack as cotangent } from "cotangent/unplugin";\nconst compiler = rspack({ mode: "production", target: "node", entry: "./src/main.ts", output: { filename: "main.cjs" }, resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } }, module: { rules: [{ test: /\\.ts$/, loader: "builtin:swc-loader", options: { jsc: { parser: { syntax: "typescript" } } } }] }, plugins: [cotangent()] });\nconst stats = await new Promise((done, fail) => compiler.run((error, stats) => (error ? fail(error) : done(stats))));\nif (stats.hasErrors()) throw new Error(stats.toString());\nawait new Promise((done) => compiler.close(done));\n',
    "dist/main.cjs",
  ),
  {
    name: "rollup",
    packages: released(
      "unplugin",
      "rollup",
      "@rollup/plugin-node-resolve",
      "@rollup/plugin-commonjs",
      "@rollup/plugin-typescript",
      "typescript",
      "tslib",
    ),
    files: {
      ...sources,
      "rollup.config.mjs":
        'import commonjs from "@rollup/plugin-commonjs";\nimport resolve from "@rollup/plugin-node-resolve";\nimport typescript from "@rollup/plugin-typescript";\nimport { rollup } from "cotangent/unplugin";\nexport default { input: "src/main.ts", output: { file: "dist/main.mjs", format: "esm" }, plugins: [rollup(), typescript(), resolve(), commonjs()] };\n',
    },
    run: async (folder) => {
      await node(folder, bin(folder, "rollup/dist/bin/rollup"), "-c");
      return node(folder, "dist/main.mjs");
    },
    prints,
  },
  {
    name: "webpack",
    packages: released("unplugin", "webpack", "webpack-cli", "ts-loader", "typescript"),
    files: {
      ...sources,
      "webpack.config.mjs":
        'import { webpack } from "cotangent/unplugin";\nexport default { mode: "production", target: "node20", entry: "./src/main.ts", output: { filename: "main.cjs" }, resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } }, module: { rules: [{ test: /\\.ts$/, loader: "ts-loader", options: { transpileOnly: true } }] }, plugins: [webpack()] };\n',
    },
    run: async (folder) => {
      await node(folder, bin(folder, "webpack-cli/bin/cli.js"));
      return node(folder, "dist/main.cjs");
    },
    prints,
  },
  vite,
];
