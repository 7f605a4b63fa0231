import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Asked } from "../asking/use-asked.ts";

interface AnswerOfProps<Answer> {
  readonly asked: Asked<Answer>;
  readonly children: (answer: Answer, receivedAt: number) => ReactNode;
}

/** An answer once it is there; before it a word, and in place of it why there is none. */
export function AnswerOf<Answer>({ asked, children }: AnswerOfProps<Answer>) {
  const { t } = useTranslation();
  switch (asked.state) {
    case "asking":
      return (
        <p className="quiet" role="status">
          {t("console.asking")}
        </p>
      );
    case "refused":
      return (
        <p className="notice" data-tone="bad" role="alert">
          <strong>{t(`failures.${asked.code}.title`)}</strong> {t(`failures.${asked.code}.text`)}{" "}
          {t(`failures.${asked.code}.action`)} <code>{asked.code}</code>
        </p>
      );
    case "answered":
      return children(asked.answer, asked.receivedAt);
    default:
      return asked satisfies never;
  }
}
