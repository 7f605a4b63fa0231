import { CircleCheck, OctagonX } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { toBase64 } from "../../../core/bytes/base64.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "./answer-of.tsx";

/** The broker's judgement: would this card be let in here, now, by the trust in force? */
export function CardTrialVerdict({ der }: { readonly der: Uint8Array }) {
  const { t } = useTranslation();
  const certificate = useMemo(() => toBase64(der), [der]);
  const { asked } = useAsked(consoleRoutes.tryCard, { certificate });
  return (
    <AnswerOf asked={asked}>
      {result =>
        result.fit ? (
          <div className="verdict" data-tone="good">
            <CircleCheck aria-hidden size={32} />
            <div>
              <h2>{t("console.identity.letIn")}</h2>
              <p>
                {t("console.identity.letInBy", { domain: result.domain, holder: result.holder })}
                {result.revocation === "aged" && ` ${t("console.identity.aged")}`}
              </p>
            </div>
          </div>
        ) : (
          <div className="verdict" data-tone="bad">
            <OctagonX aria-hidden size={32} />
            <div>
              <h2>{t("console.identity.refused", { why: t(`failures.${result.code}.title`) })}</h2>
              <p>{t(`failures.${result.code}.text`)}</p>
              <p className="code">
                <code>{result.code}</code> {result.detail}
              </p>
            </div>
          </div>
        )
      }
    </AnswerOf>
  );
}
