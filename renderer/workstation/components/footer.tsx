import { CloudOff, Phone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { languageCodes, languages } from "../../../core/language.ts";
import type { View } from "../../../protocol/window/view.ts";
import { ThemeButton } from "../../components/theme-button.tsx";
import { useLanguage } from "../../i18n/use-language.ts";

/** What stays at the edge of every screen: where this is, whom to call, language and theme, and trouble with the server. */
export function Footer({ view }: { readonly view: View }) {
  const { t } = useTranslation();
  const { language, choose } = useLanguage();
  return (
    <footer>
      <span className="place">{view.workstation.name}</span>
      {view.workstation.helpdeskPhone !== "" && (
        <span>
          <Phone aria-hidden size={18} /> {t("helpdesk", { phone: view.workstation.helpdeskPhone })}
        </span>
      )}
      {view.connection !== "connected" && (
        <span className="connection" role="status">
          <CloudOff aria-hidden size={18} /> {t(`connection.${view.connection}`)}
        </span>
      )}
      <div className="choices">
        <fieldset aria-label={t("language.choose")}>
          {languageCodes.map(code => (
            <button type="button" key={code} lang={code} aria-pressed={language === code} onClick={() => choose(code)}>
              {languages[code]}
            </button>
          ))}
        </fieldset>
        <ThemeButton />
      </div>
    </footer>
  );
}
