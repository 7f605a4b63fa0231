import { Failure } from "../../core/errors/failure.ts";
import { directorySourceStateOf, saveDirectorySourceState } from "../store/directory-source-table.ts";
import type { Store } from "../store/store.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { RecordedAct } from "./administrator-act.ts";

/**
 * The next look at this source may take away as many persons as the last one would have, recorded; a broker that runs looks at once.
 * Answers how many. Rejects with `request-malformed` where no look was refused for that.
 */
export async function acceptLoss(store: Store, source: string, act: RecordedAct): Promise<number> {
  return store.write(async tx => {
    const state = await directorySourceStateOf(tx, source);
    const lost = state.trouble?.lost;
    if (lost === undefined)
      throw new Failure("request-malformed", { detail: `“${source}” was not refused for a loss` });
    await saveDirectorySourceState(tx, source, { ...state, lossAccepted: lost });
    const detail = [`${source}: ${lost} persons`, act.detail].filter(part => part !== undefined).join("; ");
    await appendTrail(tx, { ...act, act: "directory-loss-accepted", detail });
    return lost;
  });
}
