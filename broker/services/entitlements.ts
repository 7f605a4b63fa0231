import type { HolderGroups } from "../../core/ports/holder-groups.ts";
import type { Means } from "../../core/session/means.ts";
import type { SessionHolder } from "../../core/session/session.ts";
import type { HolderRoles, LaunchQuestion } from "../policy/launch-question.ts";
import type { Decision, PolicyEngine } from "../policy/policy-engine.ts";

/** Whose launch is decided, and where. */
export interface Asking {
  readonly holder: Omit<SessionHolder, "displayName">;
  readonly means: Means;
  readonly place: string;
  readonly workstation: { readonly id: string; readonly name: string };
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The registry activity that was chosen at sign-in. */
  readonly activity?: string | undefined;
}

/** Why an application that is the holder's stays closed here, now, or by this means. */
export type Unavailable =
  | { readonly reason: "means" }
  /** `words`: the policy's own, by language. */
  | { readonly reason: "policy"; readonly policy: string; readonly words: Readonly<Record<string, string>> };

export interface Entitlement {
  readonly application: string;
  readonly decision: Decision;
  /** Present where the portal shows the application as closed. Neither permitted nor this: the portal does not show it. */
  readonly unavailable?: Unavailable | undefined;
}

interface Parts {
  readonly policies: { readonly engine: PolicyEngine };
  readonly applications: readonly { readonly id: string }[];
  readonly places: readonly { readonly id: string; readonly within?: string | undefined }[];
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
    const question = await this.#questionOf(asking);
    return this.#parts.applications.map(({ id }) => this.#entitlementOf(question, id));
  }

  /** One application, decided anew. */
  async decide(asking: Asking, application: string): Promise<Entitlement> {
    return this.#entitlementOf(await this.#questionOf(asking), application);
  }

  #entitlementOf(question: LaunchQuestion, application: string): Entitlement {
    const decision = this.#parts.policies.engine.decide(question, application);
    if (decision.permitted) return { application, decision };
    const unavailable = this.#unavailable(question, application, decision);
    return { application, decision, ...(unavailable === undefined ? {} : { unavailable }) };
  }

  /** What would open with card and PIN is closed by the means. What is permitted but for a policy that forbids is closed by that. */
  #unavailable(
    question: LaunchQuestion,
    application: string,
    { by }: Extract<Decision, { permitted: false }>,
  ): Unavailable | undefined {
    const { engine } = this.#parts.policies;
    const withPin: LaunchQuestion = { ...question, means: "card-pin" };
    if (question.means !== "card-pin" && engine.decide(withPin, application).permitted) return { reason: "means" };
    if (!engine.onlyForbidden(question, application)) return undefined;
    const forbidding = by.map(id => engine.policy(id));
    const told = forbidding.find(policy => Object.keys(policy?.why ?? {}).length > 0);
    return { reason: "policy", policy: told?.id ?? by[0] ?? "", words: told?.why ?? {} };
  }

  async #questionOf({ holder, means, place, workstation, at, activity }: Asking): Promise<LaunchQuestion> {
    const groups = await this.#parts.groups.of(holder.id);
    return {
      holder: holder.id,
      roles: rolesOf(holder, activity),
      groups,
      means,
      places: this.#way(place),
      workstation,
      at,
    };
  }

  /** From a place up to the root; the configuration has seen to it that the way ends. */
  #way(place: string): readonly string[] {
    const above = this.#parts.places.find(({ id }) => id === place)?.within;
    return above === undefined ? [place] : [place, ...this.#way(above)];
  }
}

/** What trail and log say of who decided. */
export function decidedBy({ by }: Decision): string {
  return by.length === 0 ? "no policy permits" : by.join(", ");
}

function rolesOf(
  { profession, professionCode, speciality, structure, cardFamily }: Asking["holder"],
  activity: string | undefined,
): HolderRoles {
  const named = profession === "" ? undefined : profession;
  return { profession: professionCode?.toString() ?? named, speciality, structure, family: cardFamily, activity };
}
