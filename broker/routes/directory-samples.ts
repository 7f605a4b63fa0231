import type { DirectorySourceView, DirectoryView } from "../../protocol/broker/console/directory-view.ts";
import { metric, type Sample } from "./metric.ts";

/** How the directory's sources fare, for a monitor. */
export function directorySamples({ now, sources }: DirectoryView): readonly string[] {
  const ofSources = (value: (source: DirectorySourceView) => number | undefined): Sample[] =>
    sources.flatMap(source => {
      const found = value(source);
      return found === undefined ? [] : [{ labels: { source: source.id }, value: found }];
    });
  return [
    metric(
      "wardkey_directory_source_age_seconds",
      "Time since the source answered last.",
      ofSources(({ readAt }) => (readAt === undefined ? undefined : (now - readAt) / 1000)),
    ),
    metric(
      "wardkey_directory_persons",
      "Persons that the source brings.",
      ofSources(({ persons }) => persons),
    ),
    metric(
      "wardkey_directory_source_failures",
      "How many times in a row a look at the source has not counted.",
      ofSources(({ trouble }) => trouble?.failures ?? 0),
    ),
    metric(
      "wardkey_directory_source_health",
      "1 for the state that the source is in.",
      sources.map(({ id, health }) => ({ labels: { source: id, health }, value: 1 })),
    ),
  ];
}
