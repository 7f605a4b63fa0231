import { asFailure } from "../../../core/errors/failure.ts";
import type { FlowEvent } from "../../../core/flow/flow-event.ts";
import type { AgentPorts } from "../agent-ports.ts";
import type { Outbox } from "../outbox.ts";
import type { Performers } from "./performers.ts";

/** What is done with a seat's applications: seen or not, opened, ended. */
export function applicationEffects(
  { applications, broker, log }: Pick<AgentPorts, "applications" | "broker" | "log">,
  outbox: Outbox,
  happen: (event: FlowEvent) => void,
) {
  async function launch(seat: string, id: string): Promise<void> {
    try {
      const { url, application } = await broker.launch(seat, id);
      await applications.open(seat, id, url);
      happen({ type: "application-launched", seat, application });
    } catch (thrown) {
      happen({ type: "launch-failed", seat, application: id, code: asFailure(thrown).code });
    }
  }

  return {
    "cover-screen": () => applications.cover(),
    "uncover-screen": ({ seat }) => applications.uncover(seat),
    "set-aside": ({ seat }) => applications.setAside(seat),
    "wipe-seat": ({ seat }) =>
      void applications.wipe(seat).catch(thrown => log.warn("seat-not-wiped", { code: asFailure(thrown).code })),
    launch: ({ seat, application }) => void launch(seat, application),
    "show-application": ({ seat, application }) =>
      void applications.show(seat, application).catch(() => launch(seat, application)),
    "close-application": ({ seat, application }) => void applications.quit(seat, application),
    "record-application-closed": ({ seat, application }) =>
      outbox.post(() => broker.applicationClosed(seat, application)),
  } satisfies Partial<Performers>;
}
