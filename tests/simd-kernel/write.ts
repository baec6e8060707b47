import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "../support/command.js";
import { assembled, bytesPath } from "./assemble.js";

const { code, size } = await assembled();
writeFileSync(resolve(root, bytesPath), code);
process.stdout.write(`${bytesPath}: ${size} bytes\n`);
