import { execFileSync } from "node:child_process";

/** Where chromium is, or why it cannot be had. */
export type Chromium = { readonly path: string } | { readonly missing: string };

function run(command: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
  } catch {
    return undefined;
  }
}

const which = (): string | undefined =>
  process.env["CHROMIUM"] ?? run("sh", "-c", "command -v chromium || command -v chromium-browser || command -v google-chrome");

/**
 * Chromium as the system has it (or the program that the environment variable CHROMIUM names). Where there is none it is installed by apt,
 * which needs root; where that is not possible the reason is told, for the tests to be skipped with.
 */
export function findChromium(): Chromium {
  const present = which();
  if (present) return { path: present };
  if (!run("sh", "-c", "command -v apt-get")) return { missing: "chromium is not installed, and there is no apt-get to install it by" };
  if (process.getuid?.() !== 0) return { missing: "chromium is not installed, and installing it by apt-get needs root" };
  const install = ["install", "-y", "--no-install-recommends", "chromium"];
  if (run("apt-get", ...install) === undefined) {
    run("apt-get", "update");
    run("apt-get", ...install);
  }
  const installed = which();
  return installed ? { path: installed } : { missing: "chromium is not installed, and apt-get could not install it" };
}
