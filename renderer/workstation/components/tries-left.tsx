import { useTranslation } from "react-i18next";

/** Tries left, as dots and in words. */
export function TriesLeft({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  return (
    <p className="tries" data-left={count} role="status">
      <span aria-hidden className="dots">
        {Array.from({ length: Math.max(3, count) }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dots have no identity but their place
          <i key={index} data-on={index < count} />
        ))}
      </span>
      {t("pin.triesLeft", { count })}
    </p>
  );
}
