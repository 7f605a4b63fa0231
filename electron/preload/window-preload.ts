import { contextBridge, ipcRenderer } from "electron";
import { channels } from "../ipc/channels.ts";

/** What the window's page finds as `window.wardkey`. Electron itself stays on this side of the bridge. */
contextBridge.exposeInMainWorld("wardkey", {
  /** Asks for the view: a snapshot comes first, then every change. */
  connect(listener: (message: unknown) => void): void {
    ipcRenderer.removeAllListeners(channels.tell);
    ipcRenderer.on(channels.tell, (_event, message: unknown) => listener(message));
    ipcRenderer.send(channels.connect);
  },
  send(intent: unknown): void {
    ipcRenderer.send(channels.intend, intent);
  },
});
