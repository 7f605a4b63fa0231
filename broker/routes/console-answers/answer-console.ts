import type { AcceptConsoleRoute } from "../console-route.ts";
import { answerAdministrator } from "./answer-administrator.ts";
import { answerBreakGlass } from "./answer-break-glass.ts";
import { answerCards } from "./answer-cards.ts";
import { answerDirectory } from "./answer-directory.ts";
import { answerExplain } from "./answer-explain.ts";
import { answerFallback } from "./answer-fallback.ts";
import { answerHouse } from "./answer-house.ts";
import { answerIdentity } from "./answer-identity.ts";
import { answerLive } from "./answer-live.ts";
import { answerPauses } from "./answer-pauses.ts";
import { answerReports } from "./answer-reports.ts";
import { answerStopwatch } from "./answer-stopwatch.ts";
import { answerTrail } from "./answer-trail.ts";
import { answerTrust } from "./answer-trust.ts";
import { answerWorkstations } from "./answer-workstations.ts";
import type { ConsoleAnswersParts } from "./console-answers-parts.ts";

const answers: readonly ((accept: AcceptConsoleRoute, parts: ConsoleAnswersParts) => void)[] = [
  answerAdministrator,
  answerLive,
  answerHouse,
  answerWorkstations,
  answerDirectory,
  answerFallback,
  answerPauses,
  answerCards,
  answerStopwatch,
  answerReports,
  answerBreakGlass,
  answerExplain,
  answerTrust,
  answerTrail,
  answerIdentity,
];

/** What the broker answers to each of the console's questions. */
export function answerConsole(accept: AcceptConsoleRoute, parts: ConsoleAnswersParts): void {
  for (const answer of answers) answer(accept, parts);
}
