import { personRegisters, structureRegisters } from "../../core/identity/registers.ts";
import type { Means } from "../../core/session/means.ts";
import { type Practice, practiceOf } from "../../core/session/practice.ts";
import type { Session } from "../../core/session/session.ts";

/** Table G15 of the French national agency: professions. */
const professionTable = "1.2.250.1.213.1.1.5.5";

const identityClaims = [
  "name",
  "given_name",
  "family_name",
  "preferred_username",
  "SubjectNameID",
  "SubjectRole",
  "SubjectOrganization",
  "SubjectOrganizationID",
  "wardkey_means",
  "wardkey_break_glass",
  "wardkey_place",
  "wardkey_workstation",
];

/** What each scope opens; names follow Pro Santé Connect where it has one. */
export const claimsOfScopes: Readonly<Record<string, string[]>> = {
  openid: ["sub", "acr", "amr", "auth_time", "sid"],
  profile: identityClaims,
  scope_all: [...identityClaims, "authMode", "SubjectRefPro", "otherIds"],
};

/** Where the session's seat is, by names that people know. */
export interface SeatNames {
  readonly workstation: string | undefined;
  readonly place: string | undefined;
}

/** Everything that a relying party may learn of a session's holder. What is not known is absent. */
export function holderClaims(session: Session, { workstation, place }: SeatNames) {
  const { holder, means, breakGlass } = session;
  const practice = practiceOf(holder, session.activity);
  const { structure, structureName } = practice;
  const profession = codeIn(practice);
  return present({
    name: holder.displayName,
    given_name: holder.givenName,
    family_name: holder.familyName,
    preferred_username: holder.id,
    SubjectNameID: holder.id,
    SubjectRole: profession === undefined ? [] : [`${profession}^${professionTable}`],
    SubjectOrganization: structureName,
    SubjectOrganizationID: structure,
    authMode: authModeOf(means),
    SubjectRefPro: { exercices: [exerciseOf(session, practice)] },
    otherIds: otherIdsOf(holder.id),
    wardkey_means: means,
    // Until when, it does not say: the application is told when it is over (back-channel logout).
    wardkey_break_glass: breakGlass === undefined ? undefined : means === "break-glass" ? "claimed" : "proved",
    wardkey_place: place,
    wardkey_workstation: workstation,
  });
}

/** One of Pro Santé Connect's `exercices`: the one that this session stands under. */
function exerciseOf({ holder, activity }: Session, practice: Practice) {
  const { speciality, structure, structureName } = practice;
  const register = structureRegisters[structure?.[0] ?? ""];
  const place = present({
    numeroFinessSite: register === "FINESS" ? structure?.slice(1) : undefined,
    identifiantTechniqueDeLaStructure: activity?.id,
    raisonSocialeSite: structureName,
    ancienIdentifiantDeLaStructure: structure,
  });
  return present({
    codeProfession: codeIn(practice),
    nomDexercice: holder.familyName,
    prenomDexercice: holder.givenName,
    codeSavoirFaire: speciality,
    activities: Object.keys(place).length === 0 ? [] : [place],
  });
}

/** The table has codes: a profession that is known by its name alone has none there. */
function codeIn({ profession }: Practice): string | undefined {
  return profession !== undefined && /^\d+$/.test(profession) ? profession : undefined;
}

/** `CARD` is Pro Santé Connect's word; it has none for what else opens a session here. */
function authModeOf(means: Means): "CARD" | undefined {
  return means === "card-pin" || means === "card-presence" || means === "card-seen" ? "CARD" : undefined;
}

/** Only a national identifier begins with a register's digit; others, such as `name@domain`, are nobody's register's. */
function otherIdsOf(id: string): { identifiant: string; origine: string }[] {
  const origin = /^[0-9][0-9A-Z/]+$/.test(id) ? personRegisters[id[0] ?? ""] : undefined;
  return origin === undefined ? [] : [{ identifiant: id, origine: origin }];
}

function present<Members extends Record<string, unknown>>(members: Members): Partial<Members> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Members>;
}
