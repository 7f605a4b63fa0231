import type { HolderGroups } from "../../core/ports/holder-groups.ts";
import type { SecondFactor } from "../../core/second-factor/second-factor.ts";
import type { ActivityRoles } from "../../core/session/activity.ts";
import type { Means } from "../../core/session/means.ts";
import { practiceOf } from "../../core/session/practice.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { LaunchFacts } from "../policy/launch-facts.ts";
import type { HolderRoles } from "../policy/launch-question.ts";
import type { Decision, PolicyEngine } from "../policy/policy-engine.ts";

/** Whose launch is decided, and where. */
export interface Asking {
  readonly holder: Omit<SessionHolder, "displayName">;
  readonly means: Means;
  /** Beside the means; absent: one proof was enough. */
  readonly secondFactor?: SecondFactor | undefined;
  readonly place: string;
  readonly workstation: { readonly id: string; readonly name: string };
  /** Milliseconds since 1970. */
  readonly at: number;
  /** A glass is broken in the session by card and PIN; or this place would let its holder break one. */
  readonly breakGlass?: "open" | "offered" | undefined;
  /** The registry activity that the session stands under. */
  readonly activity?: ActivityRoles | undefined;
}

/** Why an application that is the holder's stays closed here, now, or by this means. */
export type Unavailable =
  | { readonly reason: "means" }
  /** In an emergency its holder can open it: he breaks the glass. */
  | { readonly reason: "break-glass" }
  /** `words`: the policy's own, by language. */
  | { readonly reason: "policy"; readonly policy: string; readonly words: Readonly<Record<string, string>> };

export interface Entitlement {
  readonly application: string;
  readonly decision: Decision;
  /** What opens it is the glass that is broken: by his own means it would stay closed. */
  readonly byGlass?: true;
  /** Present where the portal shows the application as closed. Neither permitted nor this: the portal does not show it. */
  readonly unavailable?: Unavailable | undefined;
}

/** A question, the same with card and PIN, and the same in an emergency, for one set of policies: the set does not change between two applications. */
interface Asked {
  readonly engine: PolicyEngine;
  readonly facts: LaunchFacts;
  readonly withPin: LaunchFacts | undefined;
  readonly byGlass: { readonly is: "open" | "offered"; readonly facts: LaunchFacts } | undefined;
}

interface Parts {
  readonly policies: { readonly engine: PolicyEngine };
  readonly house: {
    readonly applications: readonly { readonly id: string }[];
    readonly places: readonly { readonly id: string; readonly within?: string | undefined }[];
  };
  readonly groups: HolderGroups;
}

/** Which applications a holder may open, here, now and by this means: the policies' decisions. Default deny. */
export class Entitlements {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Every application of the house, in its order. */
  async portal(asking: Asking): Promise<readonly Entitlement[]> {
    const asked = await this.#factsOf(asking);
    return this.#parts.house.applications.map(({ id }) => this.#entitlementOf(asked, id));
  }

  /** One application, decided anew. */
  async decide(asking: Asking, application: string): Promise<Entitlement> {
    return this.#entitlementOf(await this.#factsOf(asking), application);
  }

  #entitlementOf({ engine, facts, withPin, byGlass }: Asked, application: string): Entitlement {
    const decision = engine.decide(facts, application);
    if (decision.permitted) return { application, decision };
    const inEmergency = byGlass === undefined ? undefined : engine.decide(byGlass.facts, application);
    if (byGlass?.is === "open" && inEmergency?.permitted === true)
      return { application, decision: inEmergency, byGlass: true };
    // What would open with card and PIN is closed by the means; what is permitted but for a policy that forbids, by that one.
    if (withPin !== undefined && engine.decide(withPin, application).permitted)
      return { application, decision, unavailable: { reason: "means" } };
    if (inEmergency?.permitted === true) return { application, decision, unavailable: { reason: "break-glass" } };
    if (decision.because !== "forbidden" || !engine.decideByPermits(facts, application).permitted)
      return { application, decision };
    const told = decision.by.find(id => Object.keys(engine.policy(id)?.why ?? {}).length > 0) ?? decision.by[0] ?? "";
    return {
      application,
      decision,
      unavailable: { reason: "policy", policy: told, words: engine.policy(told)?.why ?? {} },
    };
  }

  async #factsOf(asking: Asking): Promise<Asked> {
    const { holder, means, secondFactor, place, workstation, at, activity, breakGlass } = asking;
    const groups = await this.#parts.groups.of(holder.id);
    const { engine } = this.#parts.policies;
    const roles = rolesOf(holder, activity);
    const question = {
      holder: holder.id,
      roles,
      groups,
      means,
      secondFactor,
      places: this.#way(place),
      workstation,
      at,
    };
    return {
      engine,
      facts: engine.factsOf(question),
      withPin: means === "card-pin" ? undefined : engine.factsOf({ ...question, means: "card-pin" }),
      // Policies see the emergency, and that it is proved who is there.
      byGlass: breakGlass && {
        is: breakGlass,
        facts: engine.factsOf({ ...question, means: "break-glass", assurance: "high" }),
      },
    };
  }

  /** From a place up to the root; the configuration has seen to it that the way ends. */
  #way(place: string): readonly string[] {
    const above = this.#parts.house.places.find(({ id }) => id === place)?.within;
    return above === undefined ? [place] : [place, ...this.#way(above)];
  }
}

/** What trail and log say of who decided. */
export function decidedBy(decision: Decision): string {
  const policies = decision.by.join(", ");
  if (decision.permitted || decision.because === "forbidden") return policies;
  return decision.because === "not-evaluated" ? `could not be evaluated: ${policies}` : "no policy permits";
}

function rolesOf(holder: Asking["holder"], activity: ActivityRoles | undefined): HolderRoles {
  const { profession, speciality, structure } = practiceOf(holder, activity);
  return { profession, speciality, structure, family: holder.cardFamily, activity: activity?.id };
}
