// `npm start`: sets up what is missing, then runs the demonstration ward until it is told to stop.
import { prepareDemonstration, runToTheEnd } from "./setup/run.mjs";

prepareDemonstration();
runToTheEnd("demo/main.ts", process.argv.slice(2));
