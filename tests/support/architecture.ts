import { type ImportGraph, type Sources, withoutText } from "./imports.js";

/** The parts of the house, as the table of arrows names them. */
type Zone =
  | "nd"
  | "core"
  | "forward"
  | "reverse"
  | "rules"
  | "testing"
  | "testing/index"
  | "transform"
  | "plain"
  | "doors"
  | "engines"
  | "higher"
  | "index";

/**
 * What each part may import. Files that stand directly in lib/, the public face aside, are `higher`: they compose the engines.
 * `doors` are the ways into the transform: a bundler's plugin, the loader, the command.
 */
const arrows: Record<Zone, readonly Zone[]> = {
  nd: ["nd"],
  core: ["nd", "core"],
  forward: ["nd", "core", "forward"],
  reverse: ["nd", "core", "reverse"],
  rules: ["nd", "core", "rules"],
  testing: ["nd", "core", "testing"],
  "testing/index": ["nd", "core", "engines", "testing"],
  transform: ["transform"],
  plain: ["core", "plain", "rules"],
  doors: ["transform", "doors"],
  engines: ["core", "forward", "reverse"],
  higher: ["nd", "core", "forward", "reverse", "engines", "higher"],
  index: ["nd", "core", "forward", "reverse", "engines", "higher", "rules", "plain"],
};

/** The packages that lib/ and rules/ may import, and where. */
const packages: Record<string, RegExp> = {
  ndarray: /^lib\/nd\//,
  acorn: /^lib\/transform\/parse\.ts$/,
  "@sveltejs/*": /^lib\/transform\/parse\.ts$/,
  "eslint-scope": /^lib\/transform\/bindings\.ts$/,
  "@jridgewell/*": /^lib\/transform\/pieces\.ts$/,
  unplugin: /^lib\/unplugin\//,
  "node:*": /^lib\/(?:register|command)\//,
  "@stdlib/*": /^rules\/special\//,
};

/** The key of a package in that table: scoped ones stand there by their scope, those of Node by theirs. */
const packageKey = (specifier: string): string => specifier.replace(/^(@[^/]+)\/.*$/, "$1/*").replace(/^node:.*$/, "node:*");

/** The most lines a file may have. */
const longest = 250;

function zoneOf(path: string): Zone | undefined {
  if (path === "lib/index.ts") return "index";
  if (path === "lib/engines.ts") return "engines";
  if (path === "lib/testing/index.ts") return "testing/index";
  if (/^lib\/[^/]+\.ts$/.test(path)) return "higher";
  if (path.startsWith("rules/")) return "rules";
  if (/^lib\/(?:unplugin|register|command)\//.test(path)) return "doors";
  const folder = /^lib\/(nd|core|forward|reverse|testing|transform|plain)\//.exec(path)?.[1];
  return folder as Zone | undefined;
}

/**
 * The rooms of a folder, lowest floor first: files import their own room and lower floors. What stands in the folder itself is below its
 * rooms (the vocabulary of core, the views of nd), or above them (what rules/ gives away).
 */
const floorPlans: Readonly<Record<string, { readonly floors: readonly (readonly string[])[]; readonly itself: "below" | "above" }>> = {
  "lib/core": { itself: "below", floors: [["structures"], ["traced"], ["calls"], ["tangents"], ["definers", "makers"], ["protocol"]] },
  "lib/nd": { itself: "below", floors: [["loops"], ["lines"], ["products"], ["linalg"]] },
  rules: {
    itself: "above",
    floors: [
      ["elementwise", "support"],
      ["shaping", "products", "special"],
      ["indexing", "higher-order"],
      ["reductions"],
      ["linalg", "nn", "distances", "lab"],
    ],
  },
};

/** The folder with rooms in which a file lies, and the room: the empty string for what stands in the folder itself. */
function roomOf(path: string): { readonly folder: string; readonly room: string } | undefined {
  const folder = Object.keys(floorPlans).find((name) => path.startsWith(`${name}/`));
  if (folder === undefined) return undefined;
  const rest = path.slice(folder.length + 1).split("/");
  return { folder, room: rest.length > 1 ? (rest[0] as string) : "" };
}

/** Imports that lead up, or sideways into another room; the door of a folder, its index.ts, may lead anywhere in it. */
export function wrongFloors(graph: ImportGraph): string[] {
  const faults: string[] = [];
  for (const [path, imports] of graph) {
    const from = roomOf(path);
    if (from === undefined || new RegExp(`^${from.folder}/(?:index|public)\\.ts$`).test(path)) continue;
    const plan = floorPlans[from.folder] as (typeof floorPlans)[string];
    const outside = plan.itself === "below" ? -1 : plan.floors.length;
    const floorOf = (room: string): number => (room === "" ? outside : plan.floors.findIndex((floor) => floor.includes(room)));
    if (from.room !== "" && floorOf(from.room) < 0) faults.push(`${path} lies in no known room`);
    for (const { to } of imports) {
      const other = roomOf(to);
      if (other?.folder !== from.folder || other.room === from.room) continue;
      if (floorOf(other.room) >= floorOf(from.room)) faults.push(`${path} must not import ${to}: it is not on a lower floor`);
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
      const pastTheIndex = (zone === "index" || zone === "plain") && to.startsWith("rules/") && !/^rules\/(?:index|math)\.ts$/.test(to);
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
