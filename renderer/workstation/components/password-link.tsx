import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";

interface PasswordLinkProps {
  /** True where a password may count here, the helpdesk's or the directory's; nothing is shown where none does. */
  readonly offered: boolean;
  readonly onPassword: () => void;
}

/** For somebody whose card is elsewhere: a quiet way in by a password. */
export function PasswordLink({ offered, onPassword }: PasswordLinkProps) {
  const { t } = useTranslation();
  if (!offered) return null;
  return (
    <button type="button" className="quiet" onClick={onPassword}>
      <KeyRound aria-hidden size={22} /> {t("password.link")}
    </button>
  );
}
