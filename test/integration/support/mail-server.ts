import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "../../../demo/ward/free-ports.ts";
import { answering } from "./answering.ts";
import { type ServerCertificate, serverCertificate } from "./server-certificate.ts";

export const mailUser = "wardkey";
export const mailPassword = "a-password-of-the-mail-server";
/** Nobody of this name has a mailbox. */
export const unknownAddress = "gone@hopital.test";

const program = "/usr/sbin/exim4";

/** Why no mail server can run here; `undefined` where it can. */
export function whyNoMailServer(): string | undefined {
  if (!existsSync(program)) return "another mail server than Exim is on this machine";
  const [, , count] = readFileSync("/proc/self/uid_map", "utf8").trim().split(/\s+/);
  return process.getuid?.() === 0 && Number(count) >= 65_536
    ? undefined
    : "Exim delivers as another user than it runs as";
}

/** A mail as it lies in a mailbox: its headers by name in lower case, and its text in plain letters. */
export interface ReceivedMail {
  readonly to: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A real Exim on loopback, with STARTTLS and TLS: takes mail of who signs in, for addresses at hopital.test, within TLS only. */
export class MailServer {
  readonly folder: string;
  readonly tls: ServerCertificate;
  readonly ports: { readonly startTls: number; readonly tls: number };
  #process: ChildProcess | undefined;

  private constructor(folder: string, tls: ServerCertificate, ports: MailServer["ports"]) {
    this.folder = folder;
    this.tls = tls;
    this.ports = ports;
  }

  static async make(): Promise<MailServer> {
    const folder = mkdtempSync(join(tmpdir(), "wardkey-mail-"));
    chmodSync(folder, 0o755);
    for (const name of ["spool", "log", "mail"]) mkdirSync(join(folder, name));
    chmodSync(join(folder, "mail"), 0o777);
    const [startTls = 0, tls = 0] = await freePorts(2);
    const server = new MailServer(folder, serverCertificate(folder, ["DNS:localhost"]), { startTls, tls });
    writeFileSync(join(folder, "password"), `${mailPassword}\n`, { mode: 0o600 });
    return server;
  }

  /** It listens, and knows STARTTLS unless it is told not to. */
  async start({ offersTls = true } = {}): Promise<void> {
    const { startTls, tls } = this.ports;
    const file = join(this.folder, "exim.conf");
    writeFileSync(file, this.#settings(offersTls), { mode: 0o644 });
    this.#process = spawn(program, ["-C", file, "-bdf", "-oX", `${startTls}:${tls}`], { stdio: "ignore" });
    await answering(startTls, this.#process, "exim4");
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, "exit");
    running.kill();
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get passwordFile(): string {
    return join(this.folder, "password");
  }

  /** In no order. */
  received(): readonly ReceivedMail[] {
    const mailbox = join(this.folder, "mail", "new");
    if (!existsSync(mailbox)) return [];
    return readdirSync(mailbox).map(name => readMail(readFileSync(join(mailbox, name), "utf8")));
  }

  #settings(offersTls: boolean): string {
    return `
primary_hostname = mail.hopital.test
spool_directory = ${join(this.folder, "spool")}
log_file_path = ${join(this.folder, "log")}/%slog
pid_file_path = ${join(this.folder, "pid")}
exim_user = root
exim_group = root
local_interfaces = 127.0.0.1
tls_on_connect_ports = ${this.ports.tls}
tls_advertise_hosts = ${offersTls ? "*" : ""}
auth_advertise_hosts = *
tls_certificate = ${this.tls.certificate}
tls_privatekey = ${this.tls.key}
host_lookup =
rfc1413_hosts =
keep_environment =
acl_smtp_rcpt = recipient
begin acl
recipient:
  deny message = $local_part@$domain: no such mailbox <$local_part>
       local_parts = gone
  accept encrypted = *
         authenticated = *
         domains = hopital.test
  deny
begin routers
all:
  driver = accept
  transport = mailbox
begin transports
mailbox:
  driver = appendfile
  maildir_format
  directory = ${join(this.folder, "mail")}
  create_directory
  envelope_to_add
  user = daemon
  group = daemon
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{${mailUser}}}{eq{$auth3}{${mailPassword}}}}}
`;
  }
}

function readMail(raw: string): ReceivedMail {
  const end = raw.indexOf("\n\n");
  const unfolded = raw.slice(0, end).replaceAll(/\n[ \t]+/g, " ");
  const headers = Object.fromEntries(
    unfolded
      .split("\n")
      .map(line => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const body = raw.slice(end + 2);
  const encoding = headers["content-transfer-encoding"]?.toLowerCase();
  const text =
    encoding === "base64"
      ? Buffer.from(body, "base64").toString()
      : encoding === "quoted-printable"
        ? plain(body)
        : body;
  return { to: headers["envelope-to"] ?? "", headers, text };
}

/** Quoted-printable (RFC 2045 6.7) in plain letters. */
function plain(quoted: string): string {
  const bytes = quoted
    .replaceAll(/=\r?\n/g, "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, octet: string) => String.fromCharCode(Number.parseInt(octet, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
