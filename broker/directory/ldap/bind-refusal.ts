import { resultInWords } from "../../ldap/result-codes.ts";

/** What Active Directory says in the text of its refusal, "AcceptSecurityContext error, data 775" ([MS-ERREF] 2.2, hexadecimal). */
const activeDirectory: Readonly<Record<string, string>> = {
  "525": "nobody of this name",
  "52e": "wrong password",
  "530": "not at this time of day",
  "531": "not from this workstation",
  "532": "the password has expired",
  "533": "the account is disabled",
  "701": "the account has expired",
  "773": "the password has to be changed first",
  "775": "the account is locked after too many wrong passwords",
};

/** What a server with a password policy says beside its answer (draft-behera-ldap-password-policy 6.2). */
const policy: Readonly<Record<number, string>> = {
  0: "the password has expired",
  1: "the account is locked after too many wrong passwords",
  2: "the password has to be changed first",
};

/** Why a password was not taken, for the trail; the person hears one thing. */
export function bindRefusal(resultCode: number, said: string, policyError: number | undefined): string {
  const [, code = ""] = /\bdata ([0-9a-f]{3,8})\b/i.exec(said) ?? [];
  return (
    activeDirectory[code.toLowerCase()] ??
    (policyError === undefined ? undefined : policy[policyError]) ??
    resultInWords(resultCode, said)
  );
}
