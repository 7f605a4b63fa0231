import { parseArgs } from "node:util";
import { lineLog } from "../../command-line/line-log.ts";
import { asFailure } from "../../core/errors/failure.ts";
import { firstLanguage, isLanguage } from "../../core/language.ts";
import { KioskHost } from "../../electron/main/kiosk/kiosk-host.ts";
import { startWorkstation } from "../../electron/main/start-workstation.ts";
import { windowFolder } from "../../electron/main/window-folder.ts";
import type { FromWorkstation, ToWorkstation } from "./messages.ts";
import { RemoteHands } from "./remote-hands.ts";
import { Screencast } from "./screencast.ts";

/** A workstation of the demonstration ward: what `wardkey agent` runs, headless, pictured and driven by the ward. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      state: { type: "string", default: "" },
      reader: { type: "string" },
      language: { type: "string" },
      size: { type: "string", default: "1024x768" },
    },
  });
  const [width = 1024, height = 768] = values.size.split("x").map(Number);
  const say = (message: FromWorkstation) => void (process.connected && process.send?.(message));
  let aheadMs = 0;

  const host = new KioskHost({
    folder: windowFolder,
    headless: true,
    language: isLanguage(values.language) ? values.language : firstLanguage,
    size: { width, height },
    log: lineLog,
  });
  const workstation = await startWorkstation({
    state: values.state,
    host,
    reader: values.reader,
    clock: { now: () => Date.now() + aheadMs },
    log: lineLog,
  });
  const screencast = new Screencast(frame => say({ type: "frame", frame }));
  const hands = new RemoteHands(host);
  const { agent } = workstation;

  host.onFrontChanged(() => {
    say({ type: "front", front: host.front });
    screencast.follow(host.frontPage);
  });
  agent.onStage(stage => say({ type: "stage", ...stage }));
  agent.subscribe(() => say({ type: "view", view: agent.view() }));

  const take = async (message: ToWorkstation): Promise<void> => {
    switch (message.type) {
      case "input":
        return hands.input(message.input);
      case "screencast":
        return screencast.switch(message.on, host.frontPage);
      case "clock-ahead":
        aheadMs = message.ms;
        return;
      case "press":
      case "click":
      case "show-window":
      case "look":
      case "screenshot":
        return say(await hands.answer(message));
      default:
        return message satisfies never;
    }
  };
  process.on("message", (message: ToWorkstation) => void take(message));

  const ended = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ended.resolve());
  process.once("disconnect", () => ended.resolve());
  say({ type: "ready" });
  await ended.promise;
  await screencast.close();
  await workstation.close();
  if (process.connected) process.disconnect();
}

await main().catch(problem => {
  const { code, detail } = asFailure(problem);
  process.exitCode = 1;
  process.send?.({ type: "trouble", code, detail: detail ?? String(problem) } satisfies FromWorkstation, () =>
    process.disconnect(),
  );
});
