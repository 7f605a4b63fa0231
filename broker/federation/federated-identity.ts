import { z } from "zod";
import { professionNames } from "../../core/identity/profession-codes.ts";
import type { SessionHolder } from "../../core/session/session.ts";

const professionTable = "1.2.250.1.213.1.1.5.5";

/** Claims as Pro Santé Connect names them. */
const federatedClaims = z.object({
  SubjectNameID: z.string().regex(/^[\w/.-]{1,100}$/),
  given_name: z.string().max(200).default(""),
  family_name: z.string().min(1).max(200),
  SubjectRole: z.array(z.string().max(100)).max(50).default([]),
  SubjectOrganizationID: z.string().max(100).optional(),
});

/** Who the federation's claims name; `undefined` where they name nobody. */
export function federatedHolder(claims: unknown): SessionHolder | undefined {
  const read = federatedClaims.safeParse(claims);
  if (!read.success) return undefined;
  const { SubjectNameID, given_name, family_name, SubjectRole, SubjectOrganizationID } = read.data;
  const codes = SubjectRole.flatMap(role => {
    const [code = "", table] = role.split("^");
    return table === professionTable && /^\d{1,4}$/.test(code) ? [Number(code)] : [];
  });
  // Two professions are two activities, of which none has been chosen yet: no profession's rights.
  const [professionCode, ...others] = codes;
  const only = others.length === 0 ? professionCode : undefined;
  return {
    id: SubjectNameID,
    displayName: `${given_name} ${family_name}`.trim(),
    profession: only === undefined ? "" : (professionNames[only] ?? String(only)),
    professionCode: only,
    structure: SubjectOrganizationID,
  };
}

/** The national identifier (PS_IdNat) that somebody types: with its register prefix, or an RPPS number without. */
export function identifierIn(typed: string): string | undefined {
  const digits = typed.replace(/[\s.-]/g, "");
  if (/^\d{11}$/.test(digits)) return `8${digits}`;
  return /^[0-9]\w{8,29}$/.test(digits) ? digits : undefined;
}
