import { type ImportGraph, type Sources, withoutText } from "./imports.js";

/** The parts of the house, as the table of arrows names them. */
type Zone = "nd" | "core" | "forward" | "reverse" | "rules" | "testing" | "testing/index" | "higher" | "index";

/**
 * What each part may import. Files that stand directly in lib/, the public face aside, are `higher`: they compose the engines.
 */
const arrows: Record<Zone, readonly Zone[]> = {
  nd: ["nd"],
  core: ["nd", "core"],
  forward: ["nd", "core", "forward"],
  reverse: ["nd", "core", "reverse"],
  rules: ["nd", "core", "rules"],
  testing: ["nd", "core", "testing"],
  "testing/index": ["nd", "core", "forward", "reverse", "higher", "testing"],
  higher: ["nd", "core", "forward", "reverse", "higher"],
  index: ["nd", "core", "forward", "reverse", "higher", "rules"],
};

/** The packages that lib/ and rules/ may import, and where. */
const packages: Record<string, RegExp> = {
  ndarray: /^lib\/nd\//,
  "ndarray-ops": /^lib\/nd\/ops\.ts$/,
  "ml-matrix": /^lib\/nd\/factorizations\.ts$/,
  "@stdlib/*": /^rules\/special\//,
};

/** The key of a package in that table: scoped ones stand there by their scope. */
const packageKey = (specifier: string): string => specifier.replace(/^(@[^/]+)\/.*$/, "$1/*");

/** The most lines a file may have. */
const longest = 250;

function zoneOf(path: string): Zone | undefined {
  if (path === "lib/index.ts") return "index";
  if (path === "lib/testing/index.ts") return "testing/index";
  if (/^lib\/[^/]+\.ts$/.test(path)) return "higher";
  if (path.startsWith("rules/")) return "rules";
  const folder = /^lib\/(nd|core|forward|reverse|testing)\//.exec(path)?.[1];
  return folder as Zone | undefined;
}

/** The floors of rules/, lowest first: a group imports its own files and those of lower floors; the lab's, like `nn` and `linalg`, rest on all others. */
const floors: readonly (readonly string[])[] = [
  ["elementwise", "support"],
  ["shaping", "products", "special", "distances"],
  ["indexing", "higher-order"],
  ["reductions"],
  ["linalg", "nn", "lab"],
];

/** The group of a file of rules/; undefined for what stands above them all. */
const groupOf = (path: string): string | undefined => /^rules\/([^/]+)\//.exec(path)?.[1];

const floorOf = (group: string): number => floors.findIndex((floor) => floor.includes(group));

/** Imports of rules/ that lead up, or sideways into another group. */
export function wrongFloors(graph: ImportGraph): string[] {
  const faults: string[] = [];
  for (const [path, imports] of graph) {
    const group = groupOf(path);
    if (group === undefined) continue;
    if (floorOf(group) < 0) faults.push(`${path} lies in no known group`);
    for (const { to } of imports) {
      const other = groupOf(to);
      const up = to.startsWith("rules/") && (other === undefined || floorOf(other) >= floorOf(group));
      if (up && other !== group) faults.push(`${path} must not import ${to}: it is not on a lower floor`);
    }
  }
  return faults;
}

/** Tables of contents that hold more than exports of other files. */
export function wrongContents(sources: Sources): string[] {
  const tables = [...sources].filter(([path]) => /^rules\/[^/]+\/index\.ts$/.test(path));
  return tables
    .filter(
      ([, code]) =>
        withoutText(code)
          .replace(/export (?:type )?\{[^}]*\} from "\s*";/g, "")
          .trim() !== "",
    )
    .map(([path]) => `${path} is a table of contents, and holds more`);
}

const isPath = (to: string) => /^(?:lib|rules|tests|perf|docs|\.\.)\//.test(to);

/** Imports that the table of arrows does not hold, type-only ones included. */
export function wrongArrows(graph: ImportGraph): string[] {
  const faults: string[] = [];
  for (const [path, imports] of graph) {
    const zone = zoneOf(path);
    if (zone === undefined) {
      faults.push(`${path} lies in no known part of the house`);
      continue;
    }
    for (const { to } of imports) {
      const allowed = isPath(to) ? arrows[zone].includes(zoneOf(to) as Zone) : packages[packageKey(to)]?.test(path) === true;
      const pastTheIndex = zone === "index" && to.startsWith("rules/") && to !== "rules/index.ts";
      if (!allowed || pastTheIndex) faults.push(`${path} must not import ${to}`);
    }
  }
  return faults;
}

/** Imports of files that are not there. */
export function missingFiles(graph: ImportGraph): string[] {
  return [...graph].flatMap(([path, imports]) =>
    imports.filter(({ to }) => isPath(to) && !graph.has(to)).map(({ to }) => `${path} imports ${to}, which is not there`),
  );
}

/** The cycles between files, type-only imports included; each is written once, from the file where the walk met it. */
export function cycles(graph: ImportGraph): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const walk = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(" → "));
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const { to } of graph.get(path) ?? []) walk(to);
    trail.pop();
    done.add(path);
  };
  for (const path of graph.keys()) walk(path);
  return found;
}

/** Files over the limit of lines. */
export function longFiles(sources: Sources): string[] {
  return [...sources]
    .map(([path, code]) => ({ path, lines: code.split("\n").length - (code.endsWith("\n") ? 1 : 0) }))
    .filter(({ lines }) => lines > longest)
    .map(({ path, lines }) => `${path} has ${lines} lines, ${longest} are allowed`);
}

/** Default exports, files named utils.ts, and `any` outside lib/core/rule.ts. */
export function bannedWords(sources: Sources): string[] {
  const faults: string[] = [];
  for (const [path, source] of sources) {
    const code = withoutText(source);
    if (/\bexport\s+default\b|\bexport\s*\{[^}]*\b(?:as\s+default|default\s*[,}])/.test(code)) faults.push(`${path} has a default export`);
    if (/(?:^|\/)utils\.ts$/.test(path)) faults.push(`${path}: name it after what it exports`);
    if (path === "lib/core/rule.ts") continue;
    for (const [k, line] of code.split("\n").entries()) {
      if (/(?<![.\w$])any(?![\w$]|\s*\()/.test(line)) faults.push(`${path}:${k + 1} uses any`);
    }
  }
  return faults;
}
