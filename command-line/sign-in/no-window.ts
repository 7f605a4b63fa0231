import type { WorkstationHost } from "../../electron/main/start-workstation.ts";

/** A workstation without a window: nothing is shown, and no application is started. */
export const noWindow: WorkstationHost = {
  name: "none",
  applications: {
    open: async () => {},
    show: async () => {},
    cover() {},
    setAside() {},
    uncover() {},
    quit: async () => {},
    wipe: async () => {},
    onClosed() {},
    onUsed() {},
  },
  showWindow: async () => {},
  close: async () => {},
};
