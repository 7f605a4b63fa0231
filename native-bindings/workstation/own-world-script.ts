import type { CDPSession } from "playwright-core";

/** The world of our scripts in every application page. */
const ownWorld = "wardkey";

interface OwnWorldScript {
  readonly source: string;
  /** The one function that it can call. */
  readonly binding: string;
  /** Also in what the page shows already. */
  readonly runImmediately: boolean;
  readonly onCalled: () => void;
}

/** Runs a script in a world of its own in every document of the page from now on: the page can neither see it nor call its function. */
export async function addOwnWorldScript(devtools: CDPSession, script: OwnWorldScript): Promise<void> {
  const { source, binding, runImmediately, onCalled } = script;
  devtools.on("Runtime.bindingCalled", call => {
    if (call.name === binding) onCalled();
  });
  await devtools.send("Runtime.enable");
  await devtools.send("Runtime.addBinding", { name: binding, executionContextName: ownWorld });
  await devtools.send("Page.enable");
  await devtools.send("Page.addScriptToEvaluateOnNewDocument", { source, worldName: ownWorld, runImmediately });
}
