import { useEffect, useState } from "react";
import type { View } from "../../../protocol/window/view.ts";
import { receivedView } from "./received-view.ts";
import type { WindowChannel } from "./window-channel.ts";

/** The agent's present view; `undefined` while there is none to believe. */
export function useAgent(channel: WindowChannel): View | undefined {
  const [view, setView] = useState<View | undefined>();
  useEffect(() => {
    channel.connect({
      onMessage: message => setView(present => receivedView(present, message)),
      onLost: () => setView(undefined),
    });
  }, [channel]);
  return view;
}
