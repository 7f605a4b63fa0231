import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const modules = ["mpm_event", "authn_core", "authz_core", "authz_user", "dir", "env", "filter", "headers", "include"];

/** Debian's Apache on loopback and plain HTTP, with a module of another maker's and what that one is told. */
export class Apache {
  readonly origin: string;
  readonly #folder = mkdtempSync(join(tmpdir(), "wardkey-apache-"));
  readonly #port: number;
  #process: ChildProcess | undefined;

  constructor(port: number) {
    this.#port = port;
    this.origin = `http://127.0.0.1:${port}`;
  }

  /** Where a file of its folder is. Pages are in `pages/`. */
  file(name: string): string {
    return join(this.#folder, name);
  }

  /** Puts a file into its folder; answers where it is. */
  write(name: string, content: string): string {
    mkdirSync(dirname(this.file(name)), { recursive: true });
    writeFileSync(this.file(name), content);
    return this.file(name);
  }

  /** Answers when it listens. Rejects with its log where it does not. */
  async start(module: string, directives: readonly string[]): Promise<void> {
    this.write("pages/index.html", "out");
    const lines = [
      ...[...modules, module].map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
      `Listen 127.0.0.1:${this.#port}`,
      `ServerName ${this.origin}`,
      `PidFile ${this.file("pid")}`,
      `ErrorLog ${this.file("error.log")}`,
      "LogLevel warn",
      `DefaultRuntimeDir ${this.#folder}`,
      `Mutex file:${this.#folder}`,
      "StartServers 1",
      `DocumentRoot ${this.file("pages")}`,
      "DirectoryIndex index.html",
      ...directives,
    ];
    const configuration = this.write("apache.conf", `${lines.join("\n")}\n`);
    const words = ["-d", this.#folder, "-f", configuration, "-D", "FOREGROUND"];
    // Apache does not serve as root, and a private machine's root may be nobody else: it gets another name.
    const started =
      process.getuid?.() === 0
        ? spawn("unshare", ["--user", "--map-user=33", "--map-group=33", "apache2", ...words], { stdio: "ignore" })
        : spawn("apache2", words, { stdio: "ignore" });
    this.#process = started;
    await this.#answering(started);
  }

  log(): string {
    return readFileSync(this.file("error.log"), "utf8");
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (running !== undefined && running.exitCode === null) {
      const ended = once(running, "exit");
      running.kill();
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #answering(started: ChildProcess): Promise<void> {
    while (started.exitCode === null) {
      const line = connect(this.#port, "127.0.0.1");
      const open = await new Promise<boolean>(resolve => {
        line.once("connect", () => resolve(true));
        line.once("error", () => resolve(false));
      });
      line.destroy();
      if (open) return;
      await new Promise(resolve => setImmediate(resolve));
    }
    throw new Error(`apache2 ended with ${started.exitCode}: ${this.log()}`);
  }
}
