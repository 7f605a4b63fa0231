// `npm run scenario`: the demonstration ward driven by a script, headless, on a private machine.
import { prepareDemonstration, runToTheEnd } from "./setup/run.mjs";

prepareDemonstration();
runToTheEnd("demo/scenario/main.ts", process.argv.slice(2), { privately: true });
