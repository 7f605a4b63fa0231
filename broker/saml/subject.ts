import { createHmac, randomBytes } from "node:crypto";
import type { Session } from "../../core/session/session.ts";
import type { Workstation } from "../services/enrolments.ts";
import { nameIdFormats } from "./names.ts";
import type { SamlApplication } from "./saml-application.ts";
import type { SamlKeys } from "./saml-keys.ts";
import { claimsOf, type SubjectClaim, subjectClaims } from "./subject-claims.ts";

export interface NameId {
  /** A URN of `nameIdFormats`. */
  readonly format: string;
  readonly value: string;
  /** Which service provider it is meant for, where it means nothing to others (saml-core-2.0-os, section 8.3.7). */
  readonly spNameQualifier: string | undefined;
}

/** By which name this application knows the holder. */
export function nameIdOf(
  { holder }: Pick<Session, "holder">,
  { settings, provider }: SamlApplication,
  { pairwise }: Pick<SamlKeys, "pairwise">,
): NameId {
  const { nameId } = settings;
  const named = (value: string) => ({ format: nameIdFormats[nameId.format], value });
  const open = { spNameQualifier: undefined };
  const own = { spNameQualifier: provider.entityId };
  switch (nameId.format) {
    case "persistent":
      if (nameId.value === "national-identifier") return { ...named(holder.id), ...open };
      return {
        ...named(createHmac("sha256", pairwise).update(`${provider.entityId}\0${holder.id}`).digest("base64url")),
        ...own,
      };
    case "transient":
      return { ...named(`_${randomBytes(20).toString("hex")}`), ...own };
    case "emailAddress":
      return { ...named(`${holder.id}@${nameId.domain}`), ...open };
    case "unspecified":
      return { ...named(holder.id), ...open };
    default:
      return nameId satisfies never;
  }
}

/** The attributes that this application is given, by the names that it knows them by; one without a value is left out. */
export function attributesOf(
  session: Session,
  workstation: Workstation,
  { settings }: SamlApplication,
): ReadonlyMap<string, readonly string[]> {
  const claims = claimsOf(session, workstation);
  const given: readonly (readonly [string, SubjectClaim])[] =
    settings.attributes === undefined
      ? subjectClaims.map(claim => [claim, claim] as const)
      : Object.entries(settings.attributes);
  return new Map(
    given.map(([name, claim]) => [name, claims[claim]] as const).filter(([, values]) => values.length > 0),
  );
}
