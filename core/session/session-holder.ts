import { displayNameOf, type HolderIdentity } from "../identity/holder-identity.ts";
import type { SessionHolder } from "./session.ts";

/** What a session keeps of the person that a card names. */
export function holderIn(identity: HolderIdentity): SessionHolder {
  const { subjectNameId, givenName, familyName, profession, professionCode, speciality } = identity;
  const { organization, organizationId, cardFamily } = identity;
  return {
    id: subjectNameId,
    displayName: displayNameOf(identity),
    givenName,
    familyName,
    profession,
    professionCode,
    speciality,
    structure: organizationId,
    structureName: organization,
    cardFamily,
  };
}
