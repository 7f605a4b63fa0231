import { KeyRound, Smartphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type OwnFactor, ownRoutes } from "../../../protocol/broker/own/own-routes.ts";
import { ask } from "../../console/asking/ask.ts";
import { Moment } from "../../console/components/moment.tsx";
import { type Refusal, RefusalNotice } from "./refusal.tsx";
import { refusalOf } from "./refusal-of.ts";

interface FactorListProps {
  readonly factors: readonly OwnFactor[];
  readonly now: number;
  readonly onRemoved: () => void;
}

/** What is registered; a removal is asked for twice. */
export function FactorList({ factors, now, onRemoved }: FactorListProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<string>();
  const [refusal, setRefusal] = useState<Refusal>();
  const remove = (id: string) => {
    setRefusal(undefined);
    void ask(ownRoutes.remove, { id })
      .then(() => {
        setAsked(undefined);
        onRemoved();
      })
      .catch((problem: unknown) => setRefusal(refusalOf(problem)));
  };
  if (factors.length === 0) return <p className="empty">{t("own.none")}</p>;
  return (
    <>
      <ul className="factors">
        {factors.map(({ id, kind, name, registeredAt, usedAt }) => (
          <li key={id}>
            {kind === "totp" ? <Smartphone aria-hidden size={28} /> : <KeyRound aria-hidden size={28} />}
            <span>
              <strong>{t(`own.factor.${kind}`, { name })}</strong>
              <small>
                {t("own.registered")} <Moment at={registeredAt} now={now} />
                {usedAt !== undefined && (
                  <>
                    , {t("own.used")} <Moment at={usedAt} now={now} />
                  </>
                )}
              </small>
            </span>
            {asked === id ? (
              <button type="button" className="primary" onClick={() => remove(id)}>
                {t("own.removeSure")}
              </button>
            ) : (
              <button type="button" onClick={() => setAsked(id)}>
                {t("own.remove")}
              </button>
            )}
          </li>
        ))}
      </ul>
      <RefusalNotice refusal={refusal} />
    </>
  );
}
