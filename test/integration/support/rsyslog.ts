import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

/** A message as rsyslog understood it. */
export interface ReceivedMessage {
  readonly severity: string;
  readonly host: string;
  readonly application: string;
  readonly messageId: string;
  readonly data: string;
  readonly text: string;
}

/** Makes a self-signed certificate for 127.0.0.1, with its key, by OpenSSL. */
export function selfSigned(folder: string, name: string): { certificate: string; key: string } {
  const [certificate, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`];
  const names = ["-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", [...words, ...names, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  return { certificate, key };
}

/** Debian's rsyslog with TLS, which asks for the sender's certificate, without its service. */
export class Rsyslog {
  readonly port: number;
  readonly authority: string;
  readonly sender: { certificate: string; key: string };
  readonly #folder: string;
  #process: ChildProcess | undefined;

  constructor(parent: string, port: number) {
    this.port = port;
    this.#folder = join(parent, "rsyslog");
    mkdirSync(this.#folder);
    const server = selfSigned(this.#folder, "server");
    this.sender = selfSigned(this.#folder, "sender");
    this.authority = server.certificate;
    const template = "%syslogseverity%|%hostname%|%app-name%|%msgid%|%structured-data%|%msg%\\n";
    writeFileSync(
      this.#configuration,
      `global(workDirectory="${this.#folder}" maxMessageSize="64k" defaultNetstreamDriver="gtls"
  defaultNetstreamDriverCAFile="${this.sender.certificate}"
  defaultNetstreamDriverCertFile="${server.certificate}" defaultNetstreamDriverKeyFile="${server.key}")
module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="x509/certvalid")
input(type="imtcp" address="127.0.0.1" port="${port}")
template(name="facts" type="string" string="${template}")
action(type="omfile" file="${this.#output}" template="facts")
`,
    );
  }

  async start(): Promise<void> {
    const words = ["-n", "-f", this.#configuration, "-i", join(this.#folder, "pid")];
    this.#process = spawn("rsyslogd", words, {
      stdio: "ignore",
      env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin` },
    });
    await this.#listening();
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = new Promise(resolve => running.once("exit", resolve));
    running.kill("SIGTERM");
    await ended;
  }

  received(): ReceivedMessage[] {
    if (!existsSync(this.#output)) return [];
    const lines = readFileSync(this.#output, "utf8").split("\n").slice(0, -1);
    return lines.map(line => {
      const [severity = "", host = "", application = "", messageId = "", data = "", ...text] = line.split("|");
      return { severity, host, application, messageId, data, text: text.join("|") };
    });
  }

  get #configuration(): string {
    return join(this.#folder, "rsyslog.conf");
  }

  get #output(): string {
    return join(this.#folder, "received");
  }

  /** Connects until somebody listens. */
  #listening(): Promise<void> {
    return new Promise((resolve, reject) => {
      const running = this.#process;
      const attempt = () => {
        if (running?.exitCode !== null) return reject(new Error("rsyslogd has ended"));
        const socket = connect(this.port, "127.0.0.1");
        socket.once("connect", () => {
          socket.destroy();
          resolve();
        });
        socket.once("error", () => setTimeout(attempt, 50));
      };
      attempt();
    });
  }
}
