// `npm run bench -- NAME`: one benchmark, on a private machine.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { packagesToBench } from "./setup/ensure-system-packages.mjs";
import { root } from "./setup/root.mjs";
import { prepareDemonstration, runToTheEnd } from "./setup/run.mjs";

const [name, ...words] = process.argv.slice(2);
const benches = readdirSync(join(root, "test/bench"), { withFileTypes: true })
  .filter(entry => entry.isDirectory() && existsSync(join(root, "test/bench", entry.name, "main.ts")))
  .map(entry => entry.name);
if (!benches.includes(name)) {
  console.error(`wardkey: npm run bench -- ${benches.join(" | ")}`);
  process.exit(2);
}
prepareDemonstration(packagesToBench);
runToTheEnd(`test/bench/${name}/main.ts`, words, { privately: true });
