import { Smartphone } from "lucide-react";
import { useTranslation } from "react-i18next";

interface PhoneLinkProps {
  /** The federation's name; nothing is shown where there is none. */
  readonly federation: string | undefined;
  readonly onPhone: () => void;
}

/** For somebody who has no card with him: a quiet way in by his phone. */
export function PhoneLink({ federation, onPhone }: PhoneLinkProps) {
  const { t } = useTranslation();
  if (federation === undefined) return null;
  return (
    <button type="button" className="quiet" onClick={onPhone}>
      <Smartphone aria-hidden size={22} /> {t("phone.link", { federation })}
    </button>
  );
}
