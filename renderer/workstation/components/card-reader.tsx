import { useTranslation } from "react-i18next";
import type { ReaderView } from "../../../protocol/window/view.ts";

/** A drawing of reader and card that mirrors what is really there; its words are for everybody. */
export function CardReader({ reader }: { readonly reader: ReaderView }) {
  const { t } = useTranslation();
  const words = reader.state === "trouble" ? t(`failures.${reader.code}.title`) : t(`reader.${reader.state}`);
  return (
    <figure className="reader" data-state={reader.state}>
      <svg viewBox="0 0 320 260" role="img" aria-label={words}>
        <title>{words}</title>
        <g className="card">
          <rect x="80" y="8" width="160" height="200" rx="14" />
          <rect className="chip" x="132" y="128" width="56" height="46" rx="8" />
          <path className="chip-lines" d="M132 146h18M132 158h18M170 146h18M170 158h18M150 128v46M170 128v46" />
          <circle className="photo" cx="116" cy="48" r="18" />
          <path className="text" d="M146 40h72M146 56h48" />
        </g>
        <path
          className="body"
          d="M40 176h240a16 16 0 0 1 16 16v36a16 16 0 0 1-16 16H40a16 16 0 0 1-16-16v-36a16 16 0 0 1 16-16Z"
        />
        <path className="slot" d="M70 176h180" />
        <circle className="lamp" cx="160" cy="214" r="7" />
        <path className="cross" d="M120 60l80 80M200 60l-80 80" />
      </svg>
      <figcaption>{words}</figcaption>
    </figure>
  );
}
