import { asFailure } from "../../core/errors/failure.ts";
import { cardFacts } from "../card/card-facts.ts";
import { type SeenReaders, withSeenReaders } from "../card/seen-readers.ts";
import { judgeCard } from "./card-check.ts";
import { readerProduct } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";
import { examineAgents, examineMachine } from "./machine-check.ts";
import { judgePcsc, lookAtPcscService } from "./pcsc-check.ts";
import { type ExaminedWorkstation, examineWorkstation } from "./workstation-check.ts";

export interface Examination {
  readonly findings: readonly Finding[];
  readonly workstation: ExaminedWorkstation | undefined;
}

/** Looks at everything, from the reader to the broker. `state`: the workstation's folder. Spends no PIN try, changes nothing. */
export async function examine(state: string | undefined, now: () => number): Promise<Examination> {
  // Before a card host of our own runs.
  const agents = examineAgents();
  const workstation = state === undefined ? undefined : await examineWorkstation(state);
  const service = await lookAtPcscService();
  const readers = await withSeenReaders(workstation?.settings ?? {}, async seen => [
    ...judgePcsc(seen, service),
    ...(await examineCards(seen, now)),
  ]);
  return {
    findings: [...readers, ...examineMachine(), ...agents, ...(workstation?.findings ?? [finding("state-not-given")])],
    workstation,
  };
}

async function examineCards({ host, cards, condition }: SeenReaders, now: () => number): Promise<Finding[]> {
  if (condition.kind !== "ready") return [];
  if (cards.length === 0) return [finding("no-card")];
  const findings: Finding[] = [];
  for (const { insertion, reader } of cards) {
    findings.push(
      ...(await host.inspect(insertion).then(
        inspection => judgeCard(cardFacts(reader, inspection, now())),
        thrown => [
          finding("card-failed", { reader: readerProduct(reader), step: "select", failure: asFailure(thrown).code }),
        ],
      )),
    );
  }
  return findings;
}
