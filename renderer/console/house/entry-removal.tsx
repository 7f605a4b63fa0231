import { useTranslation } from "react-i18next";
import { HouseChangeDialog } from "./house-change-dialog.tsx";
import type { Removal } from "./use-house-edit.ts";

interface EntryRemovalProps {
  readonly removal: Removal | undefined;
  readonly seen: number;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Takes an entry away, after it was shown from whom. */
export function EntryRemoval({ removal, seen, onDone, onCancel }: EntryRemovalProps) {
  const { t } = useTranslation();
  if (removal === undefined) return null;
  return (
    <HouseChangeDialog
      title={t("console.house.removeThis", { name: removal.id })}
      change={{ act: "remove", ...removal }}
      seen={seen}
      onDone={onDone}
      onCancel={onCancel}
    />
  );
}
