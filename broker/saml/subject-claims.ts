import { assuranceOf } from "../../core/session/means.ts";
import { practiceOf } from "../../core/session/practice.ts";
import type { Session } from "../../core/session/session.ts";
import type { Workstation } from "../services/enrolments.ts";

/** What an application can be told of the holder; named as Pro Santé Connect names its claims, where it has one. */
export const subjectClaims = [
  "SubjectNameID",
  "name",
  "SubjectRole",
  "SubjectOrganizationID",
  "wardkey_means",
  "wardkey_assurance",
  "wardkey_place",
  "wardkey_workstation",
] as const;
export type SubjectClaim = (typeof subjectClaims)[number];

const professions = "1.2.250.1.213.1.1.5.5";

/** The values of each claim; none where nothing is known. */
export function claimsOf(
  { holder, means, activity }: Session,
  workstation: Workstation,
): Record<SubjectClaim, readonly string[]> {
  const { profession = "", structure } = practiceOf(holder, activity);
  return {
    SubjectNameID: [holder.id],
    name: [holder.displayName],
    // Pro Santé Connect writes the profession as `<code>^<table>`.
    SubjectRole: /^\d+$/.test(profession) ? [`${profession}^${professions}`] : [],
    SubjectOrganizationID: structure === undefined ? [] : [structure],
    wardkey_means: [means],
    wardkey_assurance: [assuranceOf(means)],
    wardkey_place: [workstation.place],
    wardkey_workstation: [workstation.name],
  };
}
