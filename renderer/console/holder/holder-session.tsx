import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HolderView } from "../../../protocol/broker/console/directory-view.ts";
import { MeansBadge } from "../../components/means-badge.tsx";
import { Moment } from "../components/moment.tsx";
import { SessionEnd } from "../components/session-end.tsx";

interface HolderSessionProps {
  readonly view: HolderView;
  readonly now: number;
  readonly name: string;
  readonly mayEnd: boolean;
  readonly onChanged: () => void;
}

/** The holder's session, and its end where the helpdesk wants it. */
export function HolderSession({ view, now, name, mayEnd, onChanged }: HolderSessionProps) {
  const { t } = useTranslation();
  const [ending, setEnding] = useState(false);
  const { session } = view;
  return (
    <section aria-labelledby="session">
      <h2 id="session">{t("console.holder.session")}</h2>
      {session === undefined ? (
        <p className="empty">{t("console.holder.noSession")}</p>
      ) : (
        <p className="facts">
          <MeansBadge means={session.means} />
          <span>
            {session.seat === undefined
              ? t("console.holder.noSeat")
              : `${session.seat.workstationName}, ${t(`console.live.state.${session.seat.state}`)}`}
          </span>
          <span>
            {t("console.holder.opened")} <Moment at={session.openedAt} now={now} />, {t("console.holder.ends")}{" "}
            <Moment at={session.expiresAt} now={now} />
          </span>
          {mayEnd && (
            <button type="button" onClick={() => setEnding(true)}>
              {t("console.holderMore.endSession")}
            </button>
          )}
        </p>
      )}
      {ending && (
        <SessionEnd
          holder={view.holder}
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
