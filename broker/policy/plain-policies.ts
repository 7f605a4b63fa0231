import type { Means } from "../../core/session/means.ts";
import type { PolicySource } from "./policy-source.ts";

/** What an application's configuration says of who may open it. */
export interface PlainEntitlement {
  readonly id: string;
  /** Profession codes of table G15; absent: every profession. */
  readonly professions?: readonly number[] | undefined;
  /** Means by which it may be opened; absent: the card. */
  readonly means?: readonly Means[] | undefined;
}

/** The name of their text. */
export const plainPoliciesFile = "the broker's configuration";

const card: readonly Means[] = ["card-pin", "card-presence"];

/**
 * The plain configuration as policies, so that a clinic needs to write none. Beside texts of policies only what an
 * application states counts: one that states nothing is the texts' alone.
 */
export function plainPolicies(applications: readonly PlainEntitlement[], besideTexts: boolean): PolicySource {
  const policies = applications.flatMap(application => {
    const { professions, means } = application;
    const permits = professions !== undefined || !besideTexts;
    const restricts = professions !== undefined || means !== undefined || !besideTexts;
    return [...(permits ? [permitOf(application)] : []), ...(restricts ? [restrictionOf(application)] : [])];
  });
  return { file: plainPoliciesFile, text: policies.join("\n") };
}

/** The name of the policy that gives an application to those whom it states, or to everybody. */
export function plainPermit(application: string): string {
  return `configuration/${application}/professions`;
}

function permitOf({ id, professions }: PlainEntitlement): string {
  const scope = `permit(principal, action == Action::"launch", resource == Application::"${id}")`;
  const condition =
    professions === undefined
      ? ""
      : ` when { principal in [${professions.map(code => `Profession::"${code}"`).join(", ")}] }`;
  return `@id("${plainPermit(id)}")\n${scope}${condition};\n`;
}

function restrictionOf({ id, means = card }: PlainEntitlement): string {
  const scope = `forbid(principal, action == Action::"launch", resource == Application::"${id}")`;
  const allowed = means.map(name => `Means::"${name}"`).join(", ");
  return `@id("configuration/${id}/means")\n${scope} unless { [${allowed}].contains(context.means) };\n`;
}
