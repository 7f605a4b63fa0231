import { WindowServer } from "../../electron/main/kiosk/window-server.ts";
import { windowFolder } from "../../electron/main/window-folder.ts";
import type { View } from "../../protocol/window/view.ts";

/** The built window as the kiosk host serves it, told one view. */
export function serveView(view: View): Promise<WindowServer> {
  const peer = {
    view: () => view,
    subscribe(listener: (message: { type: "snapshot"; view: View }) => void) {
      listener({ type: "snapshot", view });
      return () => {};
    },
    intend() {},
  };
  return WindowServer.start({ folder: windowFolder, peer, onWindow() {} });
}
