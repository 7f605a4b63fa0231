import type { BrowserContext, CDPSession, Frame, Page } from "playwright-core";
import { addOwnWorldScript } from "./own-world-script.ts";

const useBinding = "wardkeyUsed";
// Runs in the page, where Node's types do not reach: written as text.
const source = `(binding => {
  let saidAt = -Infinity;
  const used = event => {
    if (!event.isTrusted || event.timeStamp - saidAt < 1000) return;
    saidAt = event.timeStamp;
    globalThis[binding]("");
  };
  for (const sign of ["pointerdown", "pointermove", "keydown", "wheel"])
    window.addEventListener(sign, used, { capture: true, passive: true });
})(${JSON.stringify(useBinding)})`;

/**
 * Calls `onUsed` when a person uses the page, its frames or the windows that it opens. By a script in a world of its own, which the
 * page can neither see nor call.
 */
export function watchUse(context: BrowserContext, page: Page, onUsed: () => void): void {
  const watched = new Map<Page | Frame, CDPSession>();
  const watch = async (target: Page | Frame) => {
    const devtools = await context.newCDPSession(target);
    void watched
      .get(target)
      ?.detach()
      .catch(() => {});
    watched.set(target, devtools);
    await addOwnWorldScript(devtools, { source, binding: useBinding, runImmediately: true, onCalled: onUsed });
  };
  // A frame of the page's own site has no target of its own, and is watched with the page; one that has gone is not watched at all.
  const quietly = (target: Page | Frame) => void watch(target).catch(() => {});
  quietly(page);
  page.on("framenavigated", frame => {
    if (frame.parentFrame() !== null) quietly(frame);
  });
  page.on("framedetached", frame => watched.delete(frame));
  page.on("popup", popup => watchUse(context, popup, onUsed));
}
