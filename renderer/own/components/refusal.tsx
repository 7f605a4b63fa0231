import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";

/** What was not done, and what to do. `key-not-used`: the browser or the person did not go through with it. */
export type Refusal = FailureCode | "key-not-used";

export function RefusalNotice({ refusal }: { readonly refusal: Refusal | undefined }) {
  const { t } = useTranslation();
  if (refusal === undefined) return null;
  return (
    <p className="problem" role="alert">
      {refusal === "key-not-used" ? (
        t("own.keyNotUsed")
      ) : (
        <>
          <strong>{t(`failures.${refusal}.title`)}</strong> {t(`failures.${refusal}.text`)}{" "}
          {t(`failures.${refusal}.action`)}
        </>
      )}
    </p>
  );
}
