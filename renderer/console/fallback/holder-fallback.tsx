import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FallbackView, IssuedFallback } from "../../../protocol/broker/console/fallback.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { Link } from "../components/link.tsx";
import { addressOf, goTo } from "../use-address.ts";
import { FallbackRequest } from "./fallback-request.tsx";

interface HolderFallbackProps {
  readonly holder: string;
  readonly offer: NonNullable<FallbackView["offer"]>;
  readonly onIssued: (issued: IssuedFallback) => void;
  readonly onDone: () => void;
}

/** Temporary access for the holder who calls. */
export function HolderFallback({ holder, offer, onIssued, onDone }: HolderFallbackProps) {
  const { t } = useTranslation();
  const { asked } = useAsked(consoleRoutes.holder, { holder });
  const done = () => {
    onDone();
    goTo(addressOf("fallback"));
  };
  return (
    <section aria-labelledby="for-whom">
      <p>
        <Link href={addressOf("fallback")}>
          <ArrowLeft aria-hidden size={16} /> {t("console.fallback.toList")}
        </Link>
      </p>
      <AnswerOf asked={asked}>
        {view => {
          const [entry] = view.entries;
          return (
            <>
              <h2 id="for-whom">{t("console.fallback.for", { name: entry?.displayName ?? view.holder })}</h2>
              <p className="facts">
                <code>{view.holder}</code>
                {[entry?.account, entry?.mail].map(text => text !== undefined && <span key={text}>{text}</span>)}
              </p>
              {view.refusal === undefined ? (
                <FallbackRequest key={view.holder} holder={view} offer={offer} onIssued={onIssued} onDone={done} />
              ) : (
                <p className="notice" data-tone="bad">
                  <strong>{t("console.holder.mayNot")}</strong> {view.refusal.detail} <code>{view.refusal.code}</code>
                </p>
              )}
            </>
          );
        }}
      </AnswerOf>
    </section>
  );
}
