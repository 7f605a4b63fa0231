import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface PageHeadProps {
  readonly title: string;
  readonly text: string;
  readonly onRefresh?: () => void;
  readonly children?: ReactNode;
}

/** What a page is, what it is for, and what can be done to it as a whole. */
export function PageHead({ title, text, onRefresh, children }: PageHeadProps) {
  const { t } = useTranslation();
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        <p>{text}</p>
      </div>
      {children}
      {onRefresh !== undefined && (
        <button type="button" onClick={onRefresh}>
          <RefreshCw aria-hidden size={18} /> {t("console.refresh")}
        </button>
      )}
    </header>
  );
}
