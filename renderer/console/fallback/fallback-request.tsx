import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FailureCode } from "../../../core/errors/catalogue.ts";
import { asFailure } from "../../../core/errors/failure.ts";
import type { HolderView } from "../../../protocol/broker/console/directory-view.ts";
import {
  type FallbackOrder,
  type FallbackView,
  fallbackOrder,
  type IssuedFallback,
} from "../../../protocol/broker/console/fallback.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { ask } from "../asking/ask.ts";
import { ReasonField } from "../components/reason-field.tsx";
import { Checklist } from "./checklist.tsx";
import { ProfileChoice } from "./profile-choice.tsx";

interface FallbackRequestProps {
  readonly holder: HolderView;
  readonly offer: NonNullable<FallbackView["offer"]>;
  readonly onIssued: (issued: IssuedFallback) => void;
  readonly onDone: () => void;
}

/** From the call to the access on one page: who it is, how that was made sure, why, what, and whether the card is lost. */
export function FallbackRequest({ holder, offer, onIssued, onDone }: FallbackRequestProps) {
  const { t } = useTranslation();
  const [order, setOrder] = useState<FallbackOrder>({
    holder: holder.holder,
    profile: offer.profiles[0]?.id ?? "",
    reason: "",
    checked: [],
    cardLost: false,
  });
  const [waits, setWaits] = useState(false);
  const [refusal, setRefusal] = useState<FailureCode>();
  const missing = offer.checklist.some(({ id, required }) => required && !order.checked.includes(id));
  const profile = offer.profiles.find(({ id }) => id === order.profile);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRefusal(undefined);
    ask(consoleRoutes.requestFallback, order).then(
      answer => (answer.state === "issued" ? onIssued(answer) : setWaits(true)),
      problem => setRefusal(asFailure(problem).code),
    );
  };
  if (waits)
    return (
      <div className="password-told">
        <p className="notice" role="status">
          {t("console.fallback.waiting")}
        </p>
        <button type="button" className="primary" onClick={onDone}>
          {t("console.fallback.toList")}
        </button>
      </div>
    );
  return (
    <form className="fallback-request" onSubmit={submit}>
      {offer.checklist.length > 0 && (
        <Checklist
          checks={offer.checklist}
          ticked={order.checked}
          onTick={checked => setOrder({ ...order, checked })}
        />
      )}
      <ReasonField value={order.reason} onChange={reason => setOrder({ ...order, reason })} />
      <p className="quiet">{t("console.fallback.reasonSeen")}</p>
      <ProfileChoice
        profiles={offer.profiles}
        chosen={order.profile}
        onChoose={chosen => setOrder({ ...order, profile: chosen })}
      />
      <label className="tick">
        <input
          type="checkbox"
          checked={order.cardLost}
          onChange={event => setOrder({ ...order, cardLost: event.target.checked })}
        />
        <span>
          {t("console.fallback.cardLost")} <small>{t("console.fallback.cardLostDoes")}</small>
        </span>
      </label>
      {refusal !== undefined && (
        <p className="notice" data-tone="bad" role="alert">
          <strong>{t(`failures.${refusal}.title`)}</strong> {t(`failures.${refusal}.text`)} <code>{refusal}</code>
        </p>
      )}
      <button type="submit" className="primary" disabled={missing || !fallbackOrder.safeParse(order).success}>
        {t(profile?.secondPerson === true ? "console.fallback.request" : "console.fallback.issue")}
      </button>
    </form>
  );
}
