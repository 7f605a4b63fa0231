import { useTranslation } from "react-i18next";
import { groupedPassword } from "../../../core/fallback/temporary-password.ts";
import type { IssuedFallback } from "../../../protocol/broker/console/fallback.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { spelledSign } from "./spelled-sign.ts";

interface PasswordToldProps {
  readonly issued: IssuedFallback;
  readonly onTold: () => void;
}

/** Of its groups. */
const positions = [0, 1, 2] as const;

/** A temporary password, once: large, in groups, and spelled as it is said over the phone. */
export function PasswordTold({ issued, onTold }: PasswordToldProps) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const until = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(issued.until);
  const groups = groupedPassword(issued.password).split(" ");
  return (
    <div className="password-told">
      <p>{t("console.fallback.readOut")}</p>
      <p className="large" data-password>
        {positions.map(position => (
          <span key={position}>{groups[position]}</span>
        ))}
      </p>
      <ol>
        {positions.map(position => (
          <li key={position}>{[...(groups[position] ?? "")].map(sign => spelledSign(sign, language)).join(" · ")}</li>
        ))}
      </ol>
      <p>{t("console.fallback.told", { until, count: issued.signIns })}</p>
      <p className="notice">{t("console.fallback.once")}</p>
      <button type="button" className="primary" onClick={onTold}>
        {t("console.act.noted")}
      </button>
    </div>
  );
}
