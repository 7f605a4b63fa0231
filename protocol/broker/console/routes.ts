import { z } from "zod";
import { administratorView } from "./administrator.ts";
import { cardTrial, cardTrialResult } from "./card-trial.ts";
import { aliasAddition, aliasEffects, aliasesView, aliasPair, aliasRemoval } from "./holder-aliases.ts";
import { liveQuestion, liveView } from "./live-view.ts";
import { type ConsoleRole, consoleRoles } from "./roles.ts";
import {
  trailExportAnswer,
  trailExportQuestion,
  trailProof,
  trailProofQuestion,
  trailQuestion,
  trailView,
} from "./trail-view.ts";
import { domainRulesView, trustView } from "./trust-view.ts";

/** One thing that the console asks of the broker. */
export interface ConsoleRoute<Question extends z.ZodType, Answer extends z.ZodType> {
  /** GET: reads, the question is the address's query. POST: the question is the JSON body. */
  readonly method: "GET" | "POST";
  readonly path: string;
  /** One of them is enough. */
  readonly roles: readonly ConsoleRole[];
  readonly question: Question;
  readonly answer: Answer;
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

const nothing = z.object({});

/** Everything that the console can ask, with who may ask it. */
export const consoleRoutes = {
  administrator: route("GET", "administrator", consoleRoles, nothing, administratorView),
  /** Answered when something happened to the seat, or after a while: the page covers itself when it is refused. */
  seatChange: route("GET", "seat-change", consoleRoles, nothing, administratorView),
  live: route("GET", "live", ["helpdesk", "auditor"], liveQuestion, liveView),
  trust: route("GET", "trust", ["trust", "auditor"], nothing, trustView),
  aliases: route("GET", "aliases", ["trust", "auditor"], nothing, aliasesView),
  aliasEffects: route("POST", "aliases/effects", ["trust"], aliasPair, aliasEffects),
  addAlias: route("POST", "aliases/add", ["trust"], aliasAddition, nothing),
  removeAlias: route("POST", "aliases/remove", ["trust"], aliasRemoval, nothing),
  domainRules: route("GET", "domain-rules", ["trust", "helpdesk"], nothing, domainRulesView),
  tryCard: route("POST", "card-trial", ["trust", "helpdesk"], cardTrial, cardTrialResult),
  trail: route("GET", "trail", ["auditor"], trailQuestion, trailView),
  trailProof: route("GET", "trail/proof", ["auditor"], trailProofQuestion, trailProof),
  /** Writes who took what, and why, so it is no GET. */
  trailExport: route("POST", "trail/export", ["auditor"], trailExportQuestion, trailExportAnswer),
} as const;
