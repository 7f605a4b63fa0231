import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { readCertificate } from "../../core/certificate/certificate.ts";
import { applyRules, type Finding } from "../../core/identity/apply-rules.ts";
import { type HolderIdentity, identityOf } from "../../core/identity/holder-identity.ts";
import { identityProfiles } from "../../core/identity/identity-profiles.ts";
import { type IdentityProfile, identityProfile } from "../../core/identity/identity-rule.ts";

const help = `wardkey cert identity [--rules FILE|NAME] [--json] CERTIFICATE

Who CERTIFICATE (PEM or DER) names, and which rule gave which member. Nothing of the certificate is verified: that is what
\`wardkey cert verify\` does.
  --rules   a file of identity rules (JSON, as in the trust document), or one of ${Object.keys(identityProfiles).join(", ")}.
            Without it: health-professional-fr
Leaves with 0 where a person is named, with 1 where nobody or a service is.`;

/** `wardkey cert identity`: the test page of identity rules. */
export async function certIdentity(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      rules: { type: "string", default: "health-professional-fr" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    console[values.help ? "log" : "error"](help);
    return values.help ? 0 : 2;
  }
  try {
    const profile = profileOf(values.rules);
    const certificate = readCertificate(new X509Certificate(readFileSync(file)).raw);
    const findings = applyRules(certificate, profile);
    const identity = identityOf(findings, profile);
    console.log(
      values.json
        ? JSON.stringify({ profile: profile.name, findings, identity: identity ?? null })
        : page(profile, findings, identity),
    );
    return identity?.isNominative ? 0 : 1;
  } catch (problem) {
    console.error(`wardkey: ${problem instanceof Error ? problem.message : problem}`);
    return 1;
  }
}

function profileOf(rules: string): IdentityProfile {
  const named = Object.values<IdentityProfile>(identityProfiles).find(profile => profile.name === rules);
  if (named !== undefined) return named;
  const parsed = identityProfile.safeParse(JSON.parse(readFileSync(rules, "utf8")));
  if (!parsed.success) throw new Error(`${rules} holds no identity rules:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function page(profile: IdentityProfile, findings: readonly Finding[], identity: HolderIdentity | undefined): string {
  const widest = Math.max(0, ...findings.map(({ value }) => value.length));
  const rows = findings.map(
    ({ member, value, rule }) => `  ${member.padEnd(22)}${value.padEnd(Math.min(widest, 60))}  by “${rule}”`,
  );
  return [`rules: ${profile.name}`, ...rows, conclusion(identity)].join("\n");
}

function conclusion(identity: HolderIdentity | undefined): string {
  if (identity === undefined) return "nobody is named: the card opens nothing";
  if (!identity.isNominative) return "a service's card: it opens no personal session";
  return identity.isTest ? "a person, on a TEST card: accepted in demonstration mode alone" : "a person";
}
