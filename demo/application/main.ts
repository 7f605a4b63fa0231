import type { ApplicationSettings } from "./start-application.ts";
import { startApplication } from "./start-application.ts";

/** One demonstration application in a process of its own; forked with its settings as JSON in the first word. */
const settings = JSON.parse(process.argv[2] ?? "{}") as ApplicationSettings;
const application = await startApplication(settings);
process.on("disconnect", () => process.exit(0));
process.once("SIGTERM", () => void application.close().then(() => process.exit(0)));
process.send?.({ type: "listening" });
