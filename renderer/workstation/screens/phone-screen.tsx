import { Smartphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Intent } from "../../../protocol/window/messages.ts";
import type { Screen } from "../../../protocol/window/view.ts";

interface PhoneScreenProps {
  readonly screen: Extract<Screen, { name: "phone" }>;
  readonly federation: string;
  readonly send: (intent: Intent) => void;
}

/** The phone rings: the same number has to stand on both. */
export function PhoneScreen({ screen, federation, send }: PhoneScreenProps) {
  const { t } = useTranslation();
  return (
    <section className="phone" role="status">
      <p className="eyebrow">
        <Smartphone aria-hidden size={24} /> {federation}
      </p>
      <h1>{t("phone.look")}</h1>
      <p className="number">{screen.bindingMessage}</p>
      <p className="what">{t("phone.compare")}</p>
      <button type="button" onClick={() => send({ type: "cancel" })}>
        {t("pin.cancel")}
      </button>
    </section>
  );
}
