import { useTranslation } from "react-i18next";
import type { DomainView } from "../../../protocol/broker/console/trust-view.ts";

/** Each trust domain: whom it lets in, and by which rules. */
export function TrustDomains({ domains }: { readonly domains: readonly DomainView[] }) {
  const { t } = useTranslation();
  return (
    <ul className="cards">
      {domains.map(({ id, anchors, families, identity, whenOld, ocsp }) => (
        <li key={id}>
          <h3>{id}</h3>
          <dl>
            <dt>{t("console.trust.anchors")}</dt>
            <dd>{anchors}</dd>
            <dt>{t("console.trust.families")}</dt>
            <dd>{families === undefined ? t("console.trust.everyFamily") : families.join(", ")}</dd>
            <dt>{t("console.trust.identity")}</dt>
            <dd>{identity}</dd>
            <dt>{t("console.trust.whenOld")}</dt>
            <dd>
              {whenOld.rule === "deny" ? t("console.trust.deny") : t("console.trust.allow", { hours: whenOld.hours })}
            </dd>
            <dt>OCSP</dt>
            <dd>{t(`console.trust.ocsp.${ocsp}`)}</dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
