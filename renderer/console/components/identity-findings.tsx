import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { displayNameOf, type HolderIdentity } from "../../../core/identity/holder-identity.ts";
import { type IdentityProfile, identityMembers } from "../../../core/identity/identity-rule.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { reportOf } from "../identity/identity-report.ts";
import { absoluteTime } from "./relative-time.ts";

interface IdentityFindingsProps {
  readonly der: Uint8Array;
  readonly profile: IdentityProfile;
}

/** Whom the certificate names by these rules, member by member, each with the rule that gave it. */
export function IdentityFindings({ der, profile }: IdentityFindingsProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const report = useMemo(() => reportOf(der, profile), [der, profile]);
  if (!report.readable) return <p className="quiet">{t("console.identity.unreadable")}</p>;
  const { findings, identity, validity } = report;
  const absent = identityMembers.filter(member => !findings.some(finding => finding.member === member));
  return (
    <>
      <Person identity={identity} />
      <p className="quiet">
        {t("console.identity.validity", {
          from: absoluteTime(validity.notBefore, language),
          to: absoluteTime(validity.notAfter, language),
        })}
      </p>
      <div className="scroll">
        <table>
          <caption>{t("console.identity.byRules", { rules: profile.name })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("console.identity.member")}</th>
              <th scope="col">{t("console.identity.value")}</th>
              <th scope="col">{t("console.identity.rule")}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map(({ member, value, rule }) => (
              <tr key={member} data-member={member}>
                <th scope="row">
                  {t(`console.identity.members.${member}`)} <small>{member}</small>
                </th>
                <td>{value}</td>
                <td>{rule}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {absent.length > 0 && (
        <p className="quiet">
          {t("console.identity.absent", {
            members: absent.map(member => t(`console.identity.members.${member}`)).join(", "),
          })}
        </p>
      )}
    </>
  );
}

function Person({ identity }: { readonly identity: HolderIdentity | undefined }) {
  const { t } = useTranslation();
  if (identity === undefined)
    return (
      <p className="notice" data-tone="bad">
        {t("console.identity.nobody")}
      </p>
    );
  const { profession, cardFamily, isTest, isNominative, subjectNameId } = identity;
  return (
    <header className="person">
      <h2>{displayNameOf(identity) || subjectNameId}</h2>
      <p>{[profession, subjectNameId].filter(Boolean).join(" · ")}</p>
      <ul className="marks">
        {cardFamily !== undefined && <li>{t("console.identity.family", { family: cardFamily })}</li>}
        <li data-tone={isNominative ? undefined : "warn"}>
          {t(isNominative ? "console.identity.nominative" : "console.identity.ofService")}
        </li>
        <li data-tone={isTest ? "warn" : undefined}>
          {t(isTest ? "console.identity.test" : "console.identity.notTest")}
        </li>
      </ul>
    </header>
  );
}
