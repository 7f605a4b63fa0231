import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HolderView } from "../../../protocol/broker/console/directory-view.ts";
import { Moment } from "../components/moment.tsx";
import { PauseEnd } from "../fallback/pause-end.tsx";

interface HolderAccessesProps {
  readonly view: HolderView;
  readonly now: number;
  readonly name: string;
  readonly mayEndPause: boolean;
  readonly onChanged: () => void;
}

/** The holder's temporary accesses of the last month, and whether he has to wait. */
export function HolderAccesses({ view, now, name, mayEndPause, onChanged }: HolderAccessesProps) {
  const { t } = useTranslation();
  const [ending, setEnding] = useState(false);
  const { fallbacks, pausedUntil, holder } = view;
  return (
    <section aria-labelledby="accesses">
      <h2 id="accesses">{t("console.holderMore.fallbacks")}</h2>
      {pausedUntil !== undefined && (
        <p className="notice">
          {t("console.holderMore.paused")} <Moment at={pausedUntil} now={now} />{" "}
          {mayEndPause && (
            <button type="button" onClick={() => setEnding(true)}>
              {t("console.pauses.end")}
            </button>
          )}
        </p>
      )}
      {fallbacks.length === 0 ? (
        <p className="empty">{t("console.holderMore.noFallback")}</p>
      ) : (
        <ul className="plain">
          {fallbacks.map(({ id, state, reason, requestedAt }) => (
            <li key={id} className="facts">
              <span className="badge" data-fallback={state}>
                {t(`console.fallback.states.${state}`)}
              </span>
              <Moment at={requestedAt} now={now} />
              <span>{reason}</span>
            </li>
          ))}
        </ul>
      )}
      {ending && (
        <PauseEnd
          kind="holder"
          id={holder}
          name={name}
          onEnd={() => {
            setEnding(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
}
