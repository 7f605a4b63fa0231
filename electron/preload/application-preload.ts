import { contextBridge, ipcRenderer } from "electron";
import { channels, portalFunction, portalWorldId } from "../ipc/channels.ts";

/** The tab's world gets one function; the application's own world gets nothing. */
contextBridge.exposeInIsolatedWorld(portalWorldId, portalFunction, () => ipcRenderer.send(channels.portalAsked));
