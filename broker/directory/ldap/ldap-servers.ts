import { readFile } from "node:fs/promises";
import { Failure } from "../../../core/errors/failure.ts";
import { LdapConnection, type LdapServer, RefusedRequest } from "../../ldap/ldap-connection.ts";
import { invalidCredentials } from "../../ldap/result-codes.ts";
import type { LdapSourceConfiguration } from "./ldap-configuration.ts";
import type { Times } from "./modification-times.ts";

/** More than an entry with all members of the largest group, and more than a page of such groups: what is larger is no answer to what was asked. */
export const directoryBytes = { largestMessage: 32 * 1024 * 1024, largestAnswer: 256 * 1024 * 1024 } as const;
/** After a fail-over the first server is tried again so much later: everything is read again at each change of server. */
const backToFirstMs = 10 * 60_000;

/** The servers of one source in their order, and which of them serves now. */
export class LdapServers {
  readonly #configuration: LdapSourceConfiguration;
  readonly #times: Times;
  #serving = 0;
  #since = 0;

  constructor(configuration: LdapSourceConfiguration, times: Times) {
    this.#configuration = configuration;
    this.#times = times;
  }

  /**
   * A connection, signed in, to the server that serves, or to the next that answers. Rejects as `LdapConnection` does; a refused
   * password is tried at no other server, since each counts it towards locking the account.
   */
  async open(signal: AbortSignal): Promise<LdapConnection> {
    const { servers, startTls, answerSeconds } = this.#configuration;
    const [authorities, password] = await this.#files();
    if (this.#serving !== 0 && this.#times.elapsed() - this.#since > backToFirstMs) this.#serve(0);
    const problems: Failure[] = [];
    for (const _ of servers) {
      const address = servers[this.#serving] ?? "";
      const server = { address, startTls, authorities, answerMs: answerSeconds * 1000, ...directoryBytes };
      try {
        return await this.#signedIn(server, password, signal);
      } catch (problem) {
        if (!(problem instanceof Failure)) throw problem;
        if (problem instanceof RefusedRequest && problem.resultCode === invalidCredentials) throw problem;
        if (signal.aborted) throw problem;
        problems.push(problem);
        this.passOver();
      }
    }
    const [only, another] = problems;
    if (only !== undefined && another === undefined) throw only;
    const detail = problems.map(problem => problem.detail).join("; ");
    throw new Failure("directory-source-unreachable", { detail, cause: only });
  }

  /** The server that serves failed while it was read: the next look begins at the next one. */
  passOver(): void {
    this.#serve((this.#serving + 1) % this.#configuration.servers.length);
  }

  #serve(index: number): void {
    this.#serving = index;
    this.#since = this.#times.elapsed();
  }

  async #signedIn(server: LdapServer, password: string, signal: AbortSignal): Promise<LdapConnection> {
    const connection = await LdapConnection.open(server, signal);
    try {
      await connection.bind(this.#configuration.bindName, password);
      return connection;
    } catch (problem) {
      await connection.close();
      throw problem;
    }
  }

  /** Read at each look, so that a changed password or authority counts without a restart. */
  async #files(): Promise<readonly [string | undefined, string]> {
    const { authorities, bindPasswordFile } = this.#configuration;
    const pem = authorities === undefined ? undefined : await textOf(authorities);
    const [password = ""] = (await textOf(bindPasswordFile)).split(/\r?\n/, 1);
    // An empty password would be an anonymous bind that succeeds (RFC 4513 5.1.2).
    if (password === "")
      throw new Failure("directory-source-unreachable", { detail: `${bindPasswordFile}: its first line is empty` });
    return [pem, password];
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    throw new Failure("directory-source-unreachable", {
      detail: `${file}: ${code ?? "cannot be read"}`,
      cause: problem,
    });
  }
}
