import { Eye, Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

interface EntryActsProps {
  readonly name: string;
  readonly source: "file" | "console";
  readonly mayChange: boolean;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

/** What can be done with an entry of a list. */
export function EntryActs({ name, source, mayChange, onOpen, onRemove }: EntryActsProps) {
  const { t } = useTranslation();
  const isOurs = source === "console" && mayChange;
  const Icon = isOurs ? Pencil : Eye;
  return (
    <div className="row-acts">
      <button
        type="button"
        onClick={onOpen}
        aria-label={t(isOurs ? "console.house.editThis" : "console.house.viewThis", { name })}
      >
        <Icon aria-hidden size={16} /> {t(isOurs ? "console.house.edit" : "console.house.view")}
      </button>
      {isOurs && (
        <button type="button" onClick={onRemove} aria-label={t("console.house.removeThis", { name })}>
          <Trash2 aria-hidden size={16} /> {t("console.house.remove")}
        </button>
      )}
    </div>
  );
}
