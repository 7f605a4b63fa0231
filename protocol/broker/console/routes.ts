import { z } from "zod";
import { administratorView } from "./administrator.ts";
import { breakGlassView, glassReviewOrder, glassRevocation, openGlassesView } from "./break-glass.ts";
import { cardTrial, cardTrialResult } from "./card-trial.ts";
import { cardsQuestion, cardsView, lossReport } from "./cards.ts";
import { complianceView } from "./compliance.ts";
import {
  conflictsView,
  directoryView,
  holderQuestion,
  holderView,
  importEffects,
  importOrder,
  importQuestion,
  longestImport,
  lossAcceptance,
  personKeeping,
  personsQuestion,
  personsView,
} from "./directory-view.ts";
import { explainAnswer, explainChoices, explainQuestion } from "./explain.ts";
import {
  fallbackAnswer,
  fallbackOrder,
  fallbackPick,
  fallbackRevocation,
  fallbackView,
  issuedFallback,
  lossWithdrawal,
} from "./fallback.ts";
import { fallbackRates, fallbackRatesQuestion } from "./fallback-rates.ts";
import { aliasAddition, aliasEffects, aliasesView, aliasPair, aliasRemoval } from "./holder-aliases.ts";
import { houseCheck, houseDone, houseEffects, houseOrder, houseQuestion } from "./house-change.ts";
import { houseHistory, houseView } from "./house-view.ts";
import { liveQuestion, liveView, sessionEnd } from "./live-view.ts";
import { pauseEnd, pausesView } from "./pauses.ts";
import { report, reportOrder } from "./reports.ts";
import { type ConsoleRole, consoleRoles } from "./roles.ts";
import { factorReset } from "./second-factors.ts";
import { stopwatchQuestion, stopwatchView } from "./stopwatch.ts";
import {
  trailExportAnswer,
  trailExportQuestion,
  trailProof,
  trailProofQuestion,
  trailQuestion,
  trailView,
} from "./trail-view.ts";
import { domainRulesView, trustView } from "./trust-view.ts";
import {
  enrolmentCodeAnswer,
  enrolmentCodeOrder,
  workstationMove,
  workstationsQuestion,
  workstationsView,
  workstationWithdrawal,
} from "./workstations.ts";

/** One thing that the console asks of the broker. */
export interface ConsoleRoute<Question extends z.ZodType, Answer extends z.ZodType> {
  /** GET: reads, the question is the address's query. POST: the question is the JSON body. */
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Of a question longer than questions are, in bytes. */
  readonly largestBody?: number;
  /** One of them is enough. */
  readonly roles: readonly ConsoleRole[];
  readonly question: Question;
  readonly answer: Answer;
  /** It gives or takes something: the PIN has to be of the last minutes, and is asked for at the workstation otherwise. */
  readonly needsPin?: true;
}

export const consoleBase = "/console/";
export const consoleApi = `${consoleBase}api/v1/`;

/** A header that only a page of the console's own origin can set without the browser asking first. */
export const consoleHeader = "wardkey-console";

function route<Question extends z.ZodType, Answer extends z.ZodType>(
  method: "GET" | "POST",
  name: string,
  roles: readonly ConsoleRole[],
  question: Question,
  answer: Answer,
): ConsoleRoute<Question, Answer> {
  return { method, path: consoleApi + name, roles, question, answer };
}

function withPin<Route extends object>(route: Route): Route & { readonly needsPin: true } {
  return { ...route, needsPin: true };
}

const nothing = z.object({});
/** UTF-8 in JSON: a sign of another script takes three bytes, one that is escaped two. */
const importBytes = longestImport * 3 + 4_096;

/** Everything that the console can ask, with who may ask it. */
export const consoleRoutes = {
  administrator: route("GET", "administrator", consoleRoles, nothing, administratorView),
  /** Answered when something happened to the seat, or after a while: the page covers itself when it is refused. */
  seatChange: route("GET", "seat-change", consoleRoles, nothing, administratorView),
  live: route("GET", "live", ["helpdesk", "auditor"], liveQuestion, liveView),
  endSession: withPin(route("POST", "live/end", ["helpdesk"], sessionEnd, nothing)),
  persons: route("GET", "persons", ["directory", "helpdesk", "auditor"], personsQuestion, personsView),
  holder: route("GET", "holder", ["directory", "helpdesk", "auditor"], holderQuestion, holderView),
  directory: route("GET", "directory", ["directory", "auditor"], nothing, directoryView),
  directoryConflicts: route("GET", "directory/conflicts", ["directory", "auditor"], nothing, conflictsView),
  keepPerson: withPin(route("POST", "directory/keep", ["directory"], personKeeping, nothing)),
  importEffects: {
    ...route("POST", "directory/import/effects", ["directory"], importQuestion, importEffects),
    largestBody: importBytes,
  },
  importPersons: {
    needsPin: true,
    ...route("POST", "directory/import", ["directory"], importOrder, nothing),
    largestBody: importBytes,
  },
  acceptLoss: withPin(route("POST", "directory/accept-loss", ["directory"], lossAcceptance, nothing)),
  fallback: route("GET", "fallback", ["helpdesk", "trust", "auditor"], nothing, fallbackView),
  requestFallback: withPin(route("POST", "fallback/request", ["helpdesk"], fallbackOrder, fallbackAnswer)),
  approveFallback: withPin(route("POST", "fallback/approve", ["helpdesk"], fallbackPick, nothing)),
  issueFallback: withPin(route("POST", "fallback/issue", ["helpdesk"], fallbackPick, issuedFallback)),
  revokeFallback: withPin(route("POST", "fallback/revoke", ["helpdesk"], fallbackRevocation, nothing)),
  withdrawLoss: withPin(route("POST", "fallback/withdraw-loss", ["trust"], lossWithdrawal, nothing)),
  fallbackRates: route("GET", "fallback/rates", ["helpdesk", "trust", "auditor"], fallbackRatesQuestion, fallbackRates),
  pauses: route("GET", "pauses", ["helpdesk", "trust", "auditor"], nothing, pausesView),
  endPause: withPin(route("POST", "pauses/end", ["helpdesk"], pauseEnd, nothing)),
  cards: route("GET", "cards", ["helpdesk", "trust", "auditor"], cardsQuestion, cardsView),
  reportLoss: withPin(route("POST", "cards/report-lost", ["helpdesk", "trust"], lossReport, nothing)),
  stopwatch: route("GET", "stopwatch", ["helpdesk", "applications", "auditor"], stopwatchQuestion, stopwatchView),
  resetSecondFactors: withPin(route("POST", "second-factors/reset", ["helpdesk"], factorReset, nothing)),
  openGlasses: route("GET", "break-glass/open", consoleRoles, nothing, openGlassesView),
  breakGlass: route("GET", "break-glass", ["helpdesk", "auditor"], nothing, breakGlassView),
  revokeGlass: withPin(route("POST", "break-glass/revoke", ["helpdesk"], glassRevocation, nothing)),
  reviewGlass: withPin(route("POST", "break-glass/review", ["auditor"], glassReviewOrder, nothing)),
  house: route("GET", "house", ["applications", "auditor"], nothing, houseView),
  houseHistory: route("GET", "house/history", ["applications", "auditor"], nothing, houseHistory),
  houseCheck: route("POST", "house/check", ["applications"], houseQuestion, houseCheck),
  houseEffects: route("POST", "house/effects", ["applications"], houseQuestion, houseEffects),
  houseChange: withPin(route("POST", "house/change", ["applications"], houseOrder, houseDone)),
  workstations: route(
    "GET",
    "workstations",
    ["helpdesk", "applications", "auditor"],
    workstationsQuestion,
    workstationsView,
  ),
  enrolmentCode: withPin(route("POST", "workstations/code", ["applications"], enrolmentCodeOrder, enrolmentCodeAnswer)),
  moveWorkstation: withPin(route("POST", "workstations/move", ["applications"], workstationMove, nothing)),
  withdrawWorkstation: withPin(
    route("POST", "workstations/withdraw", ["applications"], workstationWithdrawal, nothing),
  ),
  explainChoices: route("GET", "explain/choices", ["applications", "helpdesk", "auditor"], nothing, explainChoices),
  explain: route("POST", "explain", ["applications", "helpdesk", "auditor"], explainQuestion, explainAnswer),
  trust: route("GET", "trust", ["trust", "auditor"], nothing, trustView),
  aliases: route("GET", "aliases", ["trust", "auditor"], nothing, aliasesView),
  aliasEffects: route("POST", "aliases/effects", ["trust"], aliasPair, aliasEffects),
  addAlias: withPin(route("POST", "aliases/add", ["trust"], aliasAddition, nothing)),
  removeAlias: withPin(route("POST", "aliases/remove", ["trust"], aliasRemoval, nothing)),
  domainRules: route("GET", "domain-rules", ["trust", "helpdesk"], nothing, domainRulesView),
  tryCard: route("POST", "card-trial", ["trust", "helpdesk"], cardTrial, cardTrialResult),
  trail: route("GET", "trail", ["auditor"], trailQuestion, trailView),
  trailProof: route("GET", "trail/proof", ["auditor"], trailProofQuestion, trailProof),
  /** Writes who took what, and why, so it is no GET. */
  trailExport: route("POST", "trail/export", ["auditor"], trailExportQuestion, trailExportAnswer),
  /** As the export: it is recorded. */
  report: route("POST", "reports", ["auditor"], reportOrder, report),
  compliance: route("GET", "compliance", ["auditor"], nothing, complianceView),
} as const;
