// `npm run screens`: draws every screen of the window into docs/screens.
import { prepareDemonstration, runToTheEnd } from "./setup/run.mjs";

prepareDemonstration();
runToTheEnd("demo/screens/make-screens.ts", process.argv.slice(2));
