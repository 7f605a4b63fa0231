import { Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DirectorySourceView, DirectoryView } from "../../../protocol/broker/console/directory-view.ts";
import { consoleRoutes } from "../../../protocol/broker/console/routes.ts";
import { useAsked } from "../asking/use-asked.ts";
import { AnswerOf } from "../components/answer-of.tsx";
import { DirectoryConflicts } from "../components/directory-conflicts.tsx";
import { DirectorySources } from "../components/directory-sources.tsx";
import { LossAcceptance } from "../components/loss-acceptance.tsx";
import { PageHead } from "../components/page-head.tsx";
import { PersonImport } from "../components/person-import.tsx";
import { useBrokerNow } from "../components/use-broker-now.ts";
import type { PageProps } from "../pages.ts";

const everyMs = 5_000;

/** Where persons and groups come from, and what does not fit together. */
export function DirectoryPage({ roles }: PageProps) {
  const { t } = useTranslation();
  const { asked, again } = useAsked(consoleRoutes.directory, {}, everyMs);
  const [wanted, setWanted] = useState<DirectorySourceView>();
  const [importing, setImporting] = useState(false);
  const mayChange = roles.includes("directory");
  const done = () => {
    setWanted(undefined);
    setImporting(false);
    again();
  };
  return (
    <>
      <PageHead title={t("console.pages.directory")} text={t("console.directory.text")} onRefresh={again}>
        {mayChange && (
          <button type="button" onClick={() => setImporting(true)}>
            <Upload aria-hidden size={18} /> {t("console.importing.open")}
          </button>
        )}
      </PageHead>
      <AnswerOf asked={asked}>
        {(view, receivedAt) => (
          <Sources view={view} receivedAt={receivedAt} {...(mayChange ? { onAccept: setWanted } : {})} />
        )}
      </AnswerOf>
      <DirectoryConflicts />
      {wanted !== undefined && <LossAcceptance source={wanted} onDone={done} onCancel={() => setWanted(undefined)} />}
      {importing && <PersonImport onDone={done} onCancel={() => setImporting(false)} />}
    </>
  );
}

interface SourcesProps {
  readonly view: DirectoryView;
  readonly receivedAt: number;
  readonly onAccept?: (source: DirectorySourceView) => void;
}

function Sources({ view, receivedAt, ...rest }: SourcesProps) {
  const { t } = useTranslation();
  const now = useBrokerNow(view.now, receivedAt);
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{t("console.directory.sources")}</h2>
      <p className="quiet">{t(view.required ? "console.directory.required" : "console.directory.notRequired")}</p>
      <DirectorySources sources={view.sources} now={now} {...rest} />
    </section>
  );
}
