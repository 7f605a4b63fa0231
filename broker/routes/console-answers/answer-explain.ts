import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { explain } from "../../services/explain.ts";
import { explainedActivity } from "../../services/explained-activity.ts";
import { explainedHolder } from "../../services/explained-holder.ts";
import type { AcceptConsoleRoute } from "../console-route.ts";
import type { ConsoleAnswersParts } from "./console-answers-parts.ts";

/** Which applications somebody would get, and which policy decides each. */
export function answerExplain(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  const { house, policies, groups, store, clock, trust } = parts;
  accept(consoleRoutes.explainChoices, async () => ({ places: [...house.places] }));
  accept(consoleRoutes.explain, async (_who, { who, place, means, at = clock.now(), workstation = "", ...asked }) => {
    const holder = await explainedHolder(store.db, trust.document, who, clock.now());
    if (holder === undefined) return { found: false as const };
    const activity = await explainedActivity(store.db, holder.id, asked.activity);
    const asking = { holder, means, place, workstation: { id: "", name: workstation }, at, activity };
    const { engine } = policies;
    return {
      found: true as const,
      holder,
      structureName: house.structures.find(({ id }) => id === holder.structure)?.name,
      groups: [...(await groups.of(holder.id))],
      at,
      policyVersion: engine.set.version,
      applications: (await explain({ house, groups, engine }, asking)).map(explained => ({
        ...explained,
        name: house.applications.find(({ id }) => id === explained.application)?.name ?? explained.application,
      })),
    };
  });
}
