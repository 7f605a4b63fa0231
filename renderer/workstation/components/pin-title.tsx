import { useTranslation } from "react-i18next";

/** Why the PIN is asked for: to sign in, or because an application in the open session wants it again. */
export function PinTitle({ askedBy }: { readonly askedBy: string | undefined }) {
  const { t } = useTranslation();
  if (askedBy === undefined) return <p className="eyebrow">{t("pin.title")}</p>;
  return <p className="asked-by">{t("pin.askedBy", { application: askedBy })}</p>;
}
