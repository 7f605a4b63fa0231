import type { GlassIdentity } from "../../core/break-glass/break-glass.ts";
import type { Means } from "../../core/session/means.ts";
import type { PolicySource } from "./policy-source.ts";

/** What an application's configuration says of who may open it. */
export interface PlainEntitlement {
  readonly id: string;
  /** Profession codes of table G15; absent: every profession. */
  readonly professions?: readonly number[] | undefined;
  /** Means by which it may be opened; absent: the card. */
  readonly means?: readonly Means[] | undefined;
  /** Whom it opens to in an emergency, whatever his profession: `claimed` takes in who is proved. */
  readonly breakGlass?: GlassIdentity | undefined;
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
    const { professions, means, breakGlass } = application;
    const permits = professions !== undefined || !besideTexts;
    const restricts = professions !== undefined || means !== undefined || !besideTexts;
    return [
      ...(permits ? [permitOf(application)] : []),
      ...(breakGlass === undefined ? [] : [emergencyPermitOf(application.id, breakGlass)]),
      ...(restricts ? [restrictionOf(application)] : []),
    ];
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

/** The policies' assurance of who has proved himself by card and PIN, and of who has proved nothing. */
const leastAssurance: Readonly<Record<GlassIdentity, number>> = { proved: 3, claimed: 1 };

function emergencyPermitOf(id: string, identity: GlassIdentity): string {
  const scope = `permit(principal, action == Action::"launch", resource == Application::"${id}")`;
  return `@id("configuration/${id}/break-glass")\n${scope} when { ${emergencyFor(identity)} };\n`;
}

function emergencyFor(identity: GlassIdentity): string {
  return `context.means == Means::"break-glass" && context.assurance >= ${leastAssurance[identity]}`;
}

function restrictionOf({ id, means = card, breakGlass }: PlainEntitlement): string {
  const scope = `forbid(principal, action == Action::"launch", resource == Application::"${id}")`;
  const allowed = means.map(name => `Means::"${name}"`).join(", ");
  const emergency = breakGlass === undefined ? "" : ` || (${emergencyFor(breakGlass)})`;
  return `@id("configuration/${id}/means")\n${scope} unless { [${allowed}].contains(context.means)${emergency} };\n`;
}
