import type { ToWindow } from "../../../protocol/window/messages.ts";
import type { View } from "../../../protocol/window/view.ts";

/** The view after a message. `undefined`: nothing can be believed any more, and the window covers itself. */
export function receivedView(view: View | undefined, message: ToWindow): View | undefined {
  if (message.type === "snapshot") return message.view;
  // A gap means that a change was missed.
  if (view === undefined || message.revision !== view.revision + 1) return undefined;
  const { receipt, ...rest } = view;
  const kept = "receipt" in message.changes || receipt === undefined ? rest : { ...rest, receipt };
  return { ...kept, ...message.changes, revision: message.revision } as View;
}
