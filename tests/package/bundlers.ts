// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of programs
/**
 * Builds programs in plain TypeScript as their users do, each in an empty folder with what the registry has: by Vite (the page is opened in
 * Chromium), Rollup, webpack and esbuild, and runs one by the loader. Needs the network, and takes minutes: `npm run check:bundlers`.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { root, run } from "../support/command.js";

const work = mkdtempSync(join(tmpdir(), "cotangent-bundlers-"));
let failures = 0;

async function succeed(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, cwd);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** The program of all projects, in two files. */
const sources: Readonly<Record<string, string>> = {
  "src/main.ts": [
    'import { differentiable, gradient } from "cotangent";',
    'import { wave } from "./wave.js";',
    "const f = differentiable((x: number, y: number): number => x ** 2 + 3 * y + 0 * wave(x));",
    "const text = `gradient ${gradient(f, 2, 4).join()}`;",
    'if (typeof document === "undefined") console.log(text);',
    "else document.title = document.body.textContent = text;",
  ].join("\n"),
  "src/wave.ts": 'export function wave(v: number): number {\n  "use grad";\n  return Math.sin(v);\n}\n',
};
const expected = "gradient 4,3";

interface Project {
  readonly name: string;
  readonly packages: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** Builds and runs the program in its folder: what it prints. */
  readonly run: (folder: string) => Promise<string>;
}

const bin = (folder: string, path: string): string => join(folder, "node_modules", path);
const node = (folder: string, ...args: string[]): Promise<string> => succeed(process.execPath, args, folder);

/** The text of a built page, as Chromium shows it; `CHROMIUM` names the browser, else one from the registry is taken. */
async function opened(folder: string): Promise<string> {
  const script = [
    'import { createServer } from "node:http";',
    'import { readFileSync } from "node:fs";',
    'import puppeteer from "puppeteer-core";',
    "const own = process.env.CHROMIUM;",
    'const chromium = own ? undefined : (await import("@sparticuz/chromium")).default;',
    'const types = { html: "text/html", js: "text/javascript" };',
    'const server = createServer((request, response) => { const path = request.url === "/" ? "/index.html" : request.url; try { const text = readFileSync(`dist${path}`); response.writeHead(200, { "content-type": types[path.split(".").pop()] ?? "text/plain" }); response.end(text); } catch { response.writeHead(404); response.end(); } });',
    "await new Promise((done) => server.listen(0, done));",
    'const browser = await puppeteer.launch({ executablePath: own ?? (await chromium.executablePath()), args: own ? ["--no-sandbox"] : chromium.args, headless: "shell" });',
    "const page = await browser.newPage();",
    "await page.goto(`http://localhost:${server.address().port}/`);",
    "console.log(await page.title());",
    "await browser.close();",
    "server.close();",
  ].join("\n");
  writeFileSync(join(folder, "open.mjs"), script);
  return node(folder, "open.mjs");
}

const projects: readonly Project[] = [
  { name: "node", packages: [], files: {}, run: (folder) => node(folder, "--import", "cotangent/register", "src/main.ts") },
  {
    name: "esbuild",
    packages: ["esbuild", "unplugin"],
    files: {
      "build.mjs":
        'import { build } from "esbuild";\nimport { esbuild } from "cotangent/unplugin";\nawait build({ entryPoints: ["src/main.ts"], bundle: true, minify: true, format: "esm", outfile: "dist/main.mjs", plugins: [esbuild()] });\n',
    },
    run: async (folder) => {
      await node(folder, "build.mjs");
      return node(folder, "dist/main.mjs");
    },
  },
  {
    name: "rollup",
    packages: [
      "rollup",
      "unplugin",
      "@rollup/plugin-node-resolve",
      "@rollup/plugin-commonjs",
      "@rollup/plugin-typescript",
      "typescript@5",
      "tslib",
    ],
    files: {
      "rollup.config.mjs":
        'import commonjs from "@rollup/plugin-commonjs";\nimport resolve from "@rollup/plugin-node-resolve";\nimport typescript from "@rollup/plugin-typescript";\nimport { rollup } from "cotangent/unplugin";\nexport default { input: "src/main.ts", output: { file: "dist/main.mjs", format: "esm" }, plugins: [rollup(), typescript(), resolve(), commonjs()] };\n',
      "tsconfig.json":
        '{ "compilerOptions": { "strict": true, "target": "ES2022", "module": "ESNext", "moduleResolution": "bundler", "lib": ["ES2022", "DOM"], "skipLibCheck": true }, "include": ["src"] }',
    },
    run: async (folder) => {
      await node(folder, bin(folder, "rollup/dist/bin/rollup"), "-c");
      return node(folder, "dist/main.mjs");
    },
  },
  {
    name: "webpack",
    packages: ["webpack", "webpack-cli", "unplugin", "ts-loader", "typescript@5"],
    files: {
      "webpack.config.mjs":
        'import { webpack } from "cotangent/unplugin";\nexport default { mode: "production", target: "node20", entry: "./src/main.ts", output: { filename: "main.cjs" }, resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } }, module: { rules: [{ test: /\\.ts$/, loader: "ts-loader", options: { transpileOnly: true } }] }, plugins: [webpack()] };\n',
      "tsconfig.json": '{ "compilerOptions": { "strict": true, "target": "ES2022", "module": "ESNext", "moduleResolution": "bundler" } }',
    },
    run: async (folder) => {
      await node(folder, bin(folder, "webpack-cli/bin/cli.js"));
      return node(folder, "dist/main.cjs");
    },
  },
  {
    name: "vite",
    packages: ["vite", "unplugin", "puppeteer-core", "@sparticuz/chromium"],
    files: {
      "index.html": '<!doctype html><title>wait</title><body><script type="module" src="/src/main.ts"></script></body>\n',
      "vite.config.ts": 'import { vite as cotangent } from "cotangent/unplugin";\nexport default { plugins: [cotangent()] };\n',
    },
    run: async (folder) => {
      await node(folder, bin(folder, "vite/bin/vite.js"), "build");
      return opened(folder);
    },
  },
];

async function tried({ name, packages, files, run: use }: Project, tarball: string): Promise<void> {
  const folder = join(work, name);
  for (const [path, text] of Object.entries({
    ...sources,
    ...files,
    "package.json": JSON.stringify({ name, private: true, type: "module" }),
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const start = performance.now();
  try {
    await succeed("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball, ...packages], folder);
    const printed = (await use(folder)).trim().split("\n").at(-1);
    if (printed !== expected) throw new Error(`prints ${printed}`);
    console.log(`ok    ${name} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
  } catch (error) {
    failures++;
    console.log(`FAIL  ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

try {
  await succeed("npm", ["run", "--silent", "build"], root);
  await succeed("npm", ["pack", "--ignore-scripts", "--pack-destination", work], root);
  const tarball = resolve(work, readdirSync(work).find((name) => basename(name).endsWith(".tgz")) as string);
  const only = process.argv.slice(2);
  for (const project of projects) if (only.length === 0 || only.includes(project.name)) await tried(project, tarball);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;
