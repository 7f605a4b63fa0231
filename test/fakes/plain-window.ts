import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const page = `<!doctype html><title>window</title><h1 id="screen">closed</h1><script src="window.js"></script>`;
const script = `
const secret = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
const channel = new WebSocket("ws://" + location.host + "/channel");
channel.onopen = () => channel.send(JSON.stringify({ type: "open", secret }));
channel.onmessage = event => {
  const message = JSON.parse(event.data);
  const view = message.view ?? message.changes;
  if (view.screen) document.querySelector("#screen").textContent = view.screen.name;
};
addEventListener("keydown", event => {
  if (event.key === "l") channel.send(JSON.stringify({ type: "lock" }));
  if (event.key === "x") channel.send(JSON.stringify({ type: "open-all-doors" }));
});
`;

/** A folder with the smallest window that speaks the channel: it shows the screen's name; the key L locks. */
export function makePlainWindow(): string {
  const folder = mkdtempSync(join(tmpdir(), "wardkey-plain-window-"));
  writeFileSync(join(folder, "index.html"), page);
  writeFileSync(join(folder, "window.js"), script);
  return folder;
}
