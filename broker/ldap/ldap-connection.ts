import { once } from "node:events";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import {
  BindRequest,
  BindResponse,
  type Control,
  ExtendedRequest,
  ExtendedResponse,
  type Filter,
  MessageParser,
  PagedResultsControl,
  SearchEntry,
  SearchReference,
  SearchRequest,
  SearchResponse,
  UnbindRequest,
} from "ldapts";
import { Failure } from "../../core/errors/failure.ts";
import { MessageFrames, TooLarge } from "./message-frames.ts";
import { resultInWords, success } from "./result-codes.ts";

export interface LdapServer {
  /** `ldap://host:port` or `ldaps://host:port`. */
  readonly address: string;
  readonly startTls: boolean;
  /** PEM; undefined: the authorities that Node comes with. */
  readonly authorities: string | undefined;
  /** How long one answer may take, a page of entries being one. */
  readonly answerMs: number;
  /** Bytes of one message, which brings one entry. */
  readonly largestMessage: number;
  /** Bytes of one answer. */
  readonly largestAnswer: number;
}

export interface LdapSearch {
  readonly base: string;
  readonly scope: "base" | "one" | "sub";
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** Entries in a page; absent: all come at once. */
  readonly pageSize?: number;
  /** Entries that the server shall give at most; more is a refusal (sizeLimitExceeded). */
  readonly mostEntries?: number;
  readonly controls?: readonly Control[];
}

type Request = BindRequest | ExtendedRequest | SearchRequest;
type Answer = BindResponse | ExtendedResponse | SearchEntry | SearchReference | SearchResponse;

const startTlsName = "1.3.6.1.4.1.1466.20037";

/**
 * One conversation with one server, a request at a time. Messages are written and read by ldapts; its client is not used, for the
 * reasons in docs/decisions/0014. Every method rejects with `directory-source-unreachable` where the server does not answer in time,
 * breaks off or has another certificate than it should, with `directory-request-refused` where it answers with a result code,
 * and with `directory-data-unreadable` where what it sends is no LDAP or, as an `AnswerTooLarge`, more than it may.
 */
export class LdapConnection {
  readonly server: LdapServer;
  #line: Socket;
  #frames: MessageFrames;
  readonly #parser = new MessageParser();
  #lastId = 0;
  /** Bytes since the last request. */
  #answered = 0;
  #waiting: { readonly request: Request; take(answer: Answer): void; fail(problem: Error): void } | undefined;
  #broken: Failure | undefined;

  readonly #signal: AbortSignal;
  readonly #abort = () => this.#break("directory-source-unreachable", "not wanted any more");

  private constructor(server: LdapServer, line: Socket, signal: AbortSignal) {
    this.server = server;
    this.#line = line;
    this.#frames = new MessageFrames(server.largestMessage);
    this.#signal = signal;
    signal.addEventListener("abort", this.#abort, { once: true });
    this.#parser.on("message", message => this.#take(message as Answer));
    this.#parser.on("error", problem => this.#break("directory-data-unreadable", `sends ${problem.message}`, problem));
    this.#listen(line);
  }

  /** Connected and, where the server's address or configuration says so, encrypted; not signed in yet. Ends when `signal` aborts. */
  static async open(server: LdapServer, signal: AbortSignal): Promise<LdapConnection> {
    const { protocol, hostname, port } = new URL(server.address);
    const host = hostname.replace(/^\[(.*)\]$/, "$1");
    const secure = protocol === "ldaps:";
    const end = { host, port: port === "" ? (secure ? 636 : 389) : Number(port) };
    const line = secure ? connectTls({ ...end, ...tlsOptions(server, host) }) : connect(end);
    await established(line, secure ? "secureConnect" : "connect", server, signal);
    const connection = new LdapConnection(server, line, signal);
    try {
      if (server.startTls && !secure) await connection.#startTls(host);
    } catch (problem) {
      await connection.close();
      throw problem;
    }
    return connection;
  }

  /** RFC 4513 5.1.3. `controls` that expect an answer hold it afterwards, also where it is a refusal. */
  async bind(name: string, password: string, controls: readonly Control[] = []): Promise<void> {
    const request = new BindRequest({ messageId: this.#nextId(), dn: name, password, controls: [...controls] });
    const [answer] = await this.#ask(request);
    this.#accept(answer, BindResponse, `signing in as ${name}`);
  }

  /** Entries, a page at a time (RFC 2696) where pages are asked for, to the last page: a page may be empty and not be the last. */
  async *search(search: LdapSearch): AsyncGenerator<SearchEntry> {
    const { pageSize, mostEntries = 0 } = search;
    let cookie: Buffer | undefined;
    do {
      const controls = pageSize === undefined ? [] : [pageOf(pageSize, cookie)];
      const request = new SearchRequest({
        messageId: this.#nextId(),
        baseDN: search.base,
        scope: search.scope,
        filter: search.filter,
        attributes: [...search.attributes],
        sizeLimit: mostEntries,
        timeLimit: Math.ceil(this.server.answerMs / 1000),
        controls: [...controls, ...(search.controls ?? [])],
      });
      const answers = await this.#ask(request);
      const done = this.#accept(
        answers.at(-1),
        SearchResponse,
        `searching ${search.base} for ${shortened(search.filter)}`,
      );
      for (const answer of answers) if (answer instanceof SearchEntry) yield answer;
      const told = done.controls?.find(control => control instanceof PagedResultsControl);
      cookie = told?.value?.cookie;
    } while (cookie !== undefined && cookie.length > 0);
  }

  /** Says goodbye where it still can. Never rejects. */
  async close(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#abort);
    this.#broken ??= this.#failure("directory-source-unreachable", "was closed");
    if (this.#line.closed) return;
    const closed = once(this.#line, "close").catch(() => {});
    if (this.#line.destroyed) return void (await closed);
    this.#line.end(new UnbindRequest({ messageId: this.#nextId() }).write());
    this.#line.destroySoon();
    const timer = setTimeout(() => this.#line.destroy(), this.server.answerMs);
    await closed;
    clearTimeout(timer);
  }

  async #startTls(host: string): Promise<void> {
    const request = new ExtendedRequest({ messageId: this.#nextId(), oid: startTlsName });
    const [answer] = await this.#ask(request);
    this.#accept(answer, ExtendedResponse, "StartTLS");
    const plain = this.#line;
    plain.removeAllListeners("data");
    plain.pause();
    // What came after the answer came unprotected (RFC 4511 4.14.1).
    if (this.#frames.held > 0) this.#break("directory-data-unreadable", "sends more after StartTLS");
    if (this.#broken !== undefined) throw this.#broken;
    const line = connectTls({ socket: plain, host, ...tlsOptions(this.server, host) });
    this.#line = line;
    this.#frames = new MessageFrames(this.server.largestMessage);
    await established(line, "secureConnect", this.server, this.#signal);
    this.#listen(line);
  }

  #listen(line: Socket): void {
    line.on("data", piece => {
      this.#answered += piece.length;
      try {
        if (this.#answered > this.server.largestAnswer) throw new TooLarge("too much for one answer");
        for (const message of this.#frames.take(piece)) {
          const request = this.#waiting?.request;
          this.#parser.read(
            message,
            new Map(request === undefined ? [] : [[String(request.messageId), { message: request }]]),
          );
        }
      } catch (problem) {
        const words = `sends ${(problem as Error).message}`;
        if (problem instanceof TooLarge) this.#end(new AnswerTooLarge(`${this.server.address}: ${words}`));
        else this.#break("directory-data-unreadable", words, problem);
      }
    });
    line.on("error", problem => this.#break("directory-source-unreachable", problem.message, problem));
    line.on("close", () => this.#break("directory-source-unreachable", "ended the connection"));
  }

  /** What answers a request, its result last. */
  #ask(request: Request): Promise<readonly Answer[]> {
    return new Promise((resolve, reject) => {
      if (this.#broken !== undefined) return reject(this.#broken);
      const answers: Answer[] = [];
      this.#answered = 0;
      const { answerMs } = this.server;
      const timer = setTimeout(
        () => this.#break("directory-source-unreachable", `no answer within ${answerMs / 1000} s`),
        answerMs,
      );
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#waiting = undefined;
        act();
      };
      this.#waiting = {
        request,
        take: answer => {
          answers.push(answer);
          const more = answer instanceof SearchEntry || answer instanceof SearchReference;
          if (!more) settle(() => resolve(answers));
        },
        fail: problem => settle(() => reject(problem)),
      };
      this.#line.write(request.write());
    });
  }

  #take(answer: Answer): void {
    // Notice of disconnection (RFC 4511 4.4.1).
    if (answer.messageId === 0 && answer instanceof ExtendedResponse)
      this.#break("directory-source-unreachable", resultInWords(answer.status, answer.errorMessage));
    else if (answer.messageId === this.#waiting?.request.messageId) this.#waiting.take(answer);
  }

  #accept<A extends Answer>(answer: Answer | undefined, kind: new (...words: never[]) => A, what: string): A {
    if (!(answer instanceof kind)) {
      const failure = this.#failure("directory-data-unreadable", `${what}: another kind of answer`);
      this.#line.destroy();
      throw failure;
    }
    if (answer.status === success) return answer;
    throw new RefusedRequest(
      `${this.server.address}: ${what}: ${resultInWords(answer.status, answer.errorMessage)}`,
      answer.status,
      answer.errorMessage,
    );
  }

  #break(code: Failure["code"], words: string, cause?: unknown): void {
    this.#end(this.#failure(code, words, cause));
  }

  #end(failure: Failure): void {
    this.#broken ??= failure;
    this.#line.destroy();
    this.#waiting?.fail(this.#broken);
  }

  #failure(code: Failure["code"], words: string, cause?: unknown): Failure {
    return new Failure(code, { detail: `${this.server.address}: ${words}`, cause });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** The server answered, and with a result code (RFC 4511 4.1.9) that is none of success. */
export class RefusedRequest extends Failure {
  readonly resultCode: number;
  /** The server's own words, as they came. */
  readonly said: string;

  constructor(detail: string, resultCode: number, said: string) {
    super("directory-request-refused", { detail });
    this.resultCode = resultCode;
    this.said = said;
  }
}

/** The server sent, or announced, more than it may. */
export class AnswerTooLarge extends Failure {
  constructor(detail: string) {
    super("directory-data-unreadable", { detail });
  }
}

function pageOf(size: number, cookie: Buffer | undefined): Control {
  return new PagedResultsControl({ critical: true, value: { size, ...(cookie === undefined ? {} : { cookie }) } });
}

function shortened(filter: Filter): string {
  const text = filter.toString();
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function tlsOptions({ authorities }: LdapServer, host: string) {
  return {
    minVersion: "TLSv1.2" as const,
    ...(authorities === undefined ? {} : { ca: authorities }),
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
}

async function established(
  line: Socket,
  event: "connect" | "secureConnect",
  server: LdapServer,
  signal: AbortSignal,
): Promise<void> {
  const late = AbortSignal.timeout(server.answerMs);
  try {
    await once(line, event, { signal: AbortSignal.any([late, signal]) });
  } catch (problem) {
    line.on("error", () => {});
    line.destroy();
    const words = late.aborted ? `no answer within ${server.answerMs / 1000} s` : (problem as Error).message;
    throw new Failure("directory-source-unreachable", { detail: `${server.address}: ${words}`, cause: problem });
  }
}
