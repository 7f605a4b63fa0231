import { FileUp } from "lucide-react";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import type { DomainRulesView } from "../../../protocol/broker/console/trust-view.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { CardTrialVerdict } from "../components/card-trial-verdict.tsx";
import { IdentityFindings } from "../components/identity-findings.tsx";
import { PageHead } from "../components/page-head.tsx";
import { readPastedFile, readPastedText } from "../identity/read-pasted.ts";
import { knownRules, ownRules, readOwnRules } from "../identity/rules-choice.ts";
import { addressOf, goTo, useAddress } from "../use-address.ts";

/** Whom a certificate names, by which rule, and whether its card would be let in here now. */
export function IdentityPage() {
  const { t } = useTranslation();
  const { asked } = useAsked(consoleRoutes.domainRules, {});
  return (
    <>
      <PageHead title={t("console.pages.identity")} text={t("console.identity.text")} />
      <AnswerOf asked={asked}>{rules => <Trial rules={rules} />}</AnswerOf>
    </>
  );
}

function Trial({ rules }: { readonly rules: DomainRulesView }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [file, setFile] = useState<{ name: string; der: Uint8Array | undefined }>();
  const [written, setWritten] = useState(example);
  const known = knownRules(rules);
  const wanted = useAddress().filters.get("rules");
  const named = known.find(({ name }) => name === wanted) ?? known[0];
  const choice = wanted === ownRules || named === undefined ? readOwnRules(written) : named;
  const der = file === undefined ? readPastedText(text) : file.der;
  const isGiven = file !== undefined || text.trim() !== "";

  const take = async (taken: File | undefined) => {
    if (taken === undefined) return;
    setText("");
    setFile({ name: taken.name, der: readPastedFile(new Uint8Array(await taken.arrayBuffer())) });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  return (
    <div className="trial">
      <section
        className="given"
        aria-label={t("console.identity.given")}
        onDragOver={event => event.preventDefault()}
        onDrop={drop}
      >
        <label>
          {t("console.identity.certificate")}
          <textarea
            rows={9}
            spellCheck={false}
            value={file === undefined ? text : t("console.identity.file", { name: file.name })}
            placeholder={"-----BEGIN CERTIFICATE-----\n…"}
            onChange={event => {
              setFile(undefined);
              setText(event.target.value);
            }}
          />
        </label>
        <label className="file">
          <FileUp aria-hidden size={18} /> {t("console.identity.choose")}
          <input type="file" accept=".pem,.crt,.cer,.der" onChange={event => void take(event.target.files?.[0])} />
        </label>
        <label>
          {t("console.identity.rules")}
          <select
            value={choice.name}
            onChange={event => goTo(addressOf("identity", { rules: event.target.value }), true)}
          >
            {known.map(({ name, domain, profile }) => (
              <option key={name} value={name}>
                {domain === undefined ? profile.name : t("console.identity.ofDomain", { domain, rules: profile.name })}
              </option>
            ))}
            <option value={ownRules}>{t("console.identity.own")}</option>
          </select>
        </label>
        {choice.name === ownRules && (
          <label>
            {t("console.identity.ownRules")}
            <textarea rows={12} spellCheck={false} value={written} onChange={event => setWritten(event.target.value)} />
          </label>
        )}
      </section>
      <section className="found" aria-label={t("console.identity.found")} aria-live="polite">
        {!isGiven && <p className="empty">{t("console.identity.empty")}</p>}
        {isGiven && der === undefined && (
          <p className="notice" data-tone="bad">
            {t("console.identity.noCertificate")}
          </p>
        )}
        {der !== undefined && <CardTrialVerdict der={der} />}
        {"faults" in choice && (
          <div className="notice" data-tone="bad">
            <strong>{t("console.identity.faults")}</strong>
            <pre>{choice.faults}</pre>
          </div>
        )}
        {der !== undefined && "profile" in choice && <IdentityFindings der={der} profile={choice.profile} />}
      </section>
    </div>
  );
}

/** What own rules look like; a beginning to change. */
const example = JSON.stringify(
  {
    name: "own",
    rules: [
      { name: "e-mail", member: "subjectNameId", from: { kind: "email" } },
      { name: "common name", member: "familyName", from: { kind: "subject", attribute: "2.5.4.3" } },
    ],
  },
  undefined,
  2,
);
