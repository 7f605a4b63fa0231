import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "ldapts";
import { freePorts } from "../../../demo/ward/free-ports.ts";
import { answering } from "./answering.ts";
import { type ServerCertificate, serverCertificate } from "./server-certificate.ts";

export const slapdSuffix = "dc=hopital,dc=test";
export const slapdManager = `cn=manager,${slapdSuffix}`;
export const slapdPassword = "a-password-of-the-directory";

export interface DirectorySlapdOptions {
  /** LDIF of what is in it; the suffix is there. */
  readonly content: string;
  readonly names?: readonly string[];
  /** More lines of the database's settings. */
  readonly settings?: readonly string[];
  /** Name of the entry that says what is asked of passwords. */
  readonly policy?: string;
}

/** A real OpenLDAP that keeps the people of a hospital, on loopback, plain, with StartTLS and with TLS. */
export class DirectorySlapd {
  readonly folder: string;
  readonly tls: ServerCertificate;
  readonly #ports: readonly [plain: number, secure: number];
  readonly #settings: string;
  #process: ChildProcess | undefined;

  private constructor(folder: string, tls: ServerCertificate, ports: readonly [number, number]) {
    this.folder = folder;
    this.tls = tls;
    this.#ports = ports;
    this.#settings = join(folder, "slapd.conf");
  }

  static async start({ content, names, settings = [], policy }: DirectorySlapdOptions): Promise<DirectorySlapd> {
    const folder = mkdtempSync(join(tmpdir(), "wardkey-slapd-"));
    mkdirSync(join(folder, "db"));
    const tls = serverCertificate(folder, names ?? ["DNS:localhost", "IP:127.0.0.1"]);
    const [plain = 0, secure = 0] = await freePorts(2);
    const slapd = new DirectorySlapd(folder, tls, [plain, secure]);
    const schemas = ["core", "cosine", "inetorgperson"].map(name => `include /etc/ldap/schema/${name}.schema`);
    const modules = ["back_mdb", "refint", "ppolicy"].map(name => `moduleload ${name}`);
    const lines = [
      ...[...schemas, "modulepath /usr/lib/ldap", ...modules, `pidfile ${join(folder, "pid")}`],
      ...[`TLSCertificateFile ${tls.certificate}`, `TLSCertificateKeyFile ${tls.key}`],
      ...["database mdb", "maxsize 1073741824", `suffix "${slapdSuffix}"`, `directory ${join(folder, "db")}`],
      ...[`rootdn "${slapdManager}"`, `rootpw ${slapdPassword}`, "access to * by * read"],
      ...["index objectClass,entryUUID,member eq", "index modifyTimestamp eq", ...settings],
      ...["overlay refint", "refint_attributes member uniqueMember", "overlay ppolicy"],
      ...(policy === undefined ? [] : [`ppolicy_default "${policy}"`, "ppolicy_use_lockout"]),
    ];
    writeFileSync(slapd.#settings, `${lines.join("\n")}\n`);
    const suffix = `dn: ${slapdSuffix}\nobjectClass: domain\ndc: hopital\n\n`;
    const added = spawnSync("slapadd", ["-q", "-f", slapd.#settings], { input: suffix + content, encoding: "utf8" });
    if (added.status !== 0) throw new Error(`slapadd: ${added.stderr || added.error}`);
    await slapd.resume();
    return slapd;
  }

  get address(): string {
    return `ldap://localhost:${this.#ports[0]}`;
  }

  get secureAddress(): string {
    return `ldaps://localhost:${this.#ports[1]}`;
  }

  /** Does something as the directory's manager. */
  async managing<Result>(act: (client: Client) => Promise<Result>): Promise<Result> {
    const client = new Client({ url: this.address });
    try {
      await client.bind(slapdManager, slapdPassword);
      return await act(client);
    } finally {
      await client.unbind();
    }
  }

  /** It listens again on its ports, with what it had. */
  async resume(): Promise<void> {
    const [plain, secure] = this.#ports;
    const addresses = `ldap://127.0.0.1:${plain} ldaps://127.0.0.1:${secure}`;
    this.#process = spawn("slapd", ["-f", this.#settings, "-h", addresses, "-d", "0"], { stdio: "ignore" });
    await answering(plain, this.#process, "slapd");
  }

  /** Nothing listens any more. */
  async pause(): Promise<void> {
    if (this.#process === undefined || this.#process.exitCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
  }

  async stop(): Promise<void> {
    await this.pause();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
