import type { ComplianceView } from "../../../protocol/broker/console/compliance.ts";
import { asvsRequirements } from "./asvs.ts";
import { factValue } from "./fact-value.ts";
import { frenchRequirements } from "./french.ts";
import { hipaaRequirements } from "./hipaa.ts";
import { type ComplianceParts, settingsInForce } from "./settings-in-force.ts";

const requirements = [...asvsRequirements, ...hipaaRequirements, ...frenchRequirements];

/** What the frameworks ask of a sign-on system, with the settings that answer it now; what is not met is said so. */
export async function complianceOverview(parts: ComplianceParts): Promise<ComplianceView> {
  const settings = await settingsInForce(parts);
  return {
    now: parts.now,
    items: requirements.map(({ id, framework, number, state, facts, evidence }) => ({
      id,
      framework,
      number,
      state: typeof state === "function" ? state(settings) : state,
      facts: facts.map(fact => ({ id: fact, value: factValue(fact, settings) })),
      evidence: [...evidence],
    })),
  };
}
