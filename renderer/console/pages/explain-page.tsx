import { CircleCheck, Lock, OctagonX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toBase64 } from "../../../core/bytes/base64.ts";
import { writtenFor } from "../../../core/language.ts";
import { allMeans, type Means } from "../../../core/session/means.ts";
import type { ExplainAnswer, ExplainedApplication, ExplainQuestion } from "../../../protocol/broker/console/explain.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { PageHead } from "../components/page-head.tsx";
import { readPastedText } from "../identity/read-pasted.ts";

const ways = ["holder", "certificate", "roles"] as const;
type Way = (typeof ways)[number];

/** Which applications would this holder or card get, there, by this means, and which policy decides each? */
export function ExplainPage() {
  const { t } = useTranslation();
  const { asked } = useAsked(consoleRoutes.explainChoices, {});
  return (
    <>
      <PageHead title={t("console.pages.explain")} text={t("console.explain.text")} />
      <AnswerOf asked={asked}>{({ places }) => <Explanation places={places} />}</AnswerOf>
    </>
  );
}

function Explanation({ places }: { readonly places: readonly { readonly id: string; readonly name: string }[] }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>("holder");
  const [who, setWho] = useState("");
  const [speciality, setSpeciality] = useState("");
  const [structure, setStructure] = useState("");
  const [place, setPlace] = useState(places[0]?.id ?? "");
  const [means, setMeans] = useState<Means>("card-pin");
  const [time, setTime] = useState("");
  const [activity, setActivity] = useState("");
  const whom = whoOf(way, who.trim(), speciality.trim(), structure.trim());
  const question: ExplainQuestion | undefined =
    whom === undefined
      ? undefined
      : {
          who: whom,
          place,
          means,
          ...(time === "" ? {} : { at: new Date(time).getTime() }),
          ...(activity === "" ? {} : { activity }),
        };
  return (
    <div className="trial">
      <section className="given" aria-label={t("console.explain.asked")}>
        <label>
          {t("console.explain.by")}
          <select
            value={way}
            onChange={event => {
              setWay(ways.find(known => known === event.target.value) ?? "holder");
              setWho("");
            }}
          >
            {ways.map(each => (
              <option key={each} value={each}>
                {t(`console.explain.ways.${each}`)}
              </option>
            ))}
          </select>
        </label>
        {way === "certificate" ? (
          <label>
            {t("console.explain.given.certificate")}
            <textarea rows={7} spellCheck={false} value={who} onChange={event => setWho(event.target.value)} />
          </label>
        ) : (
          <Text label={t(`console.explain.given.${way}`)} value={who} onChange={setWho} />
        )}
        {way === "roles" && (
          <>
            <Text label={t("console.explain.speciality")} value={speciality} onChange={setSpeciality} />
            <Text label={t("console.explain.structure")} value={structure} onChange={setStructure} />
          </>
        )}
        <label>
          {t("console.explain.place")}
          <select value={place} onChange={event => setPlace(event.target.value)}>
            {places.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("console.explain.means")}
          <select value={means} onChange={event => setMeans(event.target.value as Means)}>
            {allMeans.map(each => (
              <option key={each} value={each}>
                {t(`portal.means.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("console.explain.time")}
          <input type="datetime-local" value={time} onChange={event => setTime(event.target.value)} />
        </label>
        <Text label={t("console.explain.activity")} value={activity} onChange={setActivity} />
      </section>
      <section className="found" aria-label={t("console.explain.found")} aria-live="polite">
        {question === undefined ? (
          <p className="empty">{t("console.explain.empty")}</p>
        ) : (
          <Answered question={question} />
        )}
      </section>
    </div>
  );
}

function Text(props: { readonly label: string; readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <label>
      {props.label}
      <input
        autoComplete="off"
        spellCheck={false}
        value={props.value}
        onChange={event => props.onChange(event.target.value)}
      />
    </label>
  );
}

function whoOf(way: Way, who: string, speciality: string, structure: string): ExplainQuestion["who"] | undefined {
  if (who === "") return undefined;
  switch (way) {
    case "holder":
      return { by: way, id: who };
    case "certificate": {
      const der = readPastedText(who);
      return der === undefined ? undefined : { by: way, certificate: toBase64(der) };
    }
    case "roles":
      return {
        by: way,
        profession: who,
        ...(speciality === "" ? {} : { speciality }),
        ...(structure === "" ? {} : { structure }),
      };
    default:
      return way satisfies never;
  }
}

function Answered({ question }: { readonly question: ExplainQuestion }) {
  const { asked } = useAsked(consoleRoutes.explain, question);
  return <AnswerOf asked={asked}>{answer => <Found answer={answer} />}</AnswerOf>;
}

function Found({ answer }: { readonly answer: ExplainAnswer }) {
  const { t } = useTranslation();
  if (!answer.found)
    return (
      <p className="notice" data-tone="bad">
        {t("console.explain.nobody")}
      </p>
    );
  const { holder, structureName, groups, applications, policyVersion } = answer;
  const said = [
    holder.professionCode ?? holder.profession,
    holder.speciality,
    holder.structure === undefined ? undefined : `${structureName ?? ""} ${holder.structure}`.trim(),
    holder.cardFamily,
    ...groups,
  ].filter(fact => fact !== undefined && fact !== "");
  return (
    <>
      <div className="person">
        {holder.id !== "" && <h2>{holder.id}</h2>}
        <ul className="marks">
          {said.map(fact => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </div>
      <table>
        <caption>{t("console.policies.inForce", { version: policyVersion.slice(0, 12) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("console.applications.application")}</th>
            <th scope="col">{t("console.explain.verdict")}</th>
            <th scope="col">{t("console.explain.decides")}</th>
          </tr>
        </thead>
        <tbody>
          {applications.map(explained => (
            <tr key={explained.application}>
              <th scope="row">
                {explained.name}
                <small>
                  <code>{explained.application}</code>
                </small>
              </th>
              <td>
                <Verdict explained={explained} />
              </td>
              <td>
                {explained.policies.length === 0 && t("console.explain.noPolicy")}
                {explained.policies.map(({ id, file, line }) => (
                  <div key={id}>
                    <code>{id}</code>
                    <small>
                      {file}:{line}
                    </small>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Verdict({ explained }: { readonly explained: ExplainedApplication }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { permitted, unavailable } = explained;
  const whyClosed = (why: NonNullable<ExplainedApplication["unavailable"]>): string => {
    if (why.reason === "policy") return writtenFor(language, why.words) ?? "";
    return t(why.reason === "means" ? "console.explain.withPin" : "console.explain.inEmergency");
  };
  if (permitted)
    return (
      <span className="badge" data-health="good">
        <CircleCheck aria-hidden size={16} /> {t("console.explain.opens")}
      </span>
    );
  if (unavailable === null)
    return (
      <span className="badge" data-health="none">
        <OctagonX aria-hidden size={16} /> {t("console.explain.notShown")}
      </span>
    );
  return (
    <>
      <span className="badge" data-health="late">
        <Lock aria-hidden size={16} /> {t("console.explain.closed")}
      </span>
      <small>{whyClosed(unavailable)}</small>
    </>
  );
}
