import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";

interface PasswordLinkProps {
  /** True where the helpdesk's temporary passwords may count here; nothing is shown where they do not. */
  readonly offered: boolean | undefined;
  readonly onPassword: () => void;
}

/** For somebody whose card is elsewhere: a quiet way in by the helpdesk's temporary password. */
export function PasswordLink({ offered, onPassword }: PasswordLinkProps) {
  const { t } = useTranslation();
  if (offered !== true) return null;
  return (
    <button type="button" className="quiet" onClick={onPassword}>
      <KeyRound aria-hidden size={22} /> {t("password.link")}
    </button>
  );
}
