import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { root } from "./support/command.js";

/** The part of package-lock.json that is read here. */
interface LockFile {
  readonly packages: Record<string, { readonly resolved?: string; readonly optionalDependencies?: Record<string, string> }>;
}

/** What keeps `npm ci` from working elsewhere: an address of another registry, or a package of another platform left out. */
function faultsOf({ packages }: LockFile): string[] {
  const faults: string[] = [];
  for (const [path, { resolved, optionalDependencies = {} }] of Object.entries(packages)) {
    if (resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/")) faults.push(`${path} comes from ${resolved}`);
    for (const name of Object.keys(optionalDependencies)) {
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
      if (!places.some((place) => place in packages))
        faults.push(`${path} needs ${name} on some platform, and the lock file does not hold it`);
    }
  }
  return faults;
}

for (const file of ["package-lock.json", "perf/peers/package-lock.json"]) {
  test(`${file} installs on every platform, from the public registry`, () => {
    assert.equal(faultsOf(JSON.parse(readFileSync(resolve(root, file), "utf8"))), []);
  });
}

test("the check sees another host and a platform left out", () => {
  assert.is(faultsOf({ packages: { "node_modules/a": { resolved: "https://registry.example.com/a.tgz" } } }).length, 1);
  assert.is(faultsOf({ packages: { "node_modules/a": { optionalDependencies: { "a-linux": "1.0.0" } } } }).length, 1);
  assert.is(faultsOf({ packages: { "node_modules/a": { optionalDependencies: { b: "1" } }, "node_modules/b": {} } }).length, 0);
});

test.run();
