import { ArrowRightLeft, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Receipt } from "../../../protocol/window/view.ts";

/** What happened to a session: where it went, where it came from. Stays until it is closed or something newer happens. */
export function ReceiptMessage({ receipt, onDismiss }: { readonly receipt: Receipt; readonly onDismiss: () => void }) {
  const translation = useTranslation();
  const { t } = translation;
  return (
    <aside className="receipt">
      <ArrowRightLeft aria-hidden size={26} />
      <p role="status">
        {textOf(receipt, translation)}
        {receipt.kind === "resumed-here" && receipt.applications.length > 0 && (
          <small>{t("receipt.resumed-applications", { applications: receipt.applications.join(", ") })}</small>
        )}
      </p>
      <button type="button" onClick={onDismiss} aria-label={t("receipt.dismiss")}>
        <X aria-hidden />
      </button>
    </aside>
  );
}

function textOf(receipt: Receipt, { t, i18n: { language } }: ReturnType<typeof useTranslation>): string {
  switch (receipt.kind) {
    case "moved-away":
      return t("receipt.moved-away", { holder: receipt.holder, to: receipt.to });
    case "resumed-here":
      return t("receipt.resumed-here", { from: receipt.from });
    case "unlocked-here":
    case "pin-changed":
    case "pin-unblocked":
      return t(`receipt.${receipt.kind}`);
    case "ended":
      return t(`receipt.${receipt.reason}`, { holder: receipt.holder });
    case "temporary-access-issued":
      return t("receipt.temporary-access-issued", {
        by: receipt.by,
        when: momentIn(language, receipt.issuedAt),
      });
    case "second-factors-changed":
      return t("receipt.second-factors-changed", { when: momentIn(language, receipt.changedAt) });
    case "person-changed":
      return t("receipt.person-changed", { holder: receipt.holder });
    default:
      return receipt satisfies never;
  }
}

function momentIn(language: string, at: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(at);
}
