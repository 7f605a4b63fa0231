import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "ldapts";
import { answering } from "./answering.ts";
import { type ServerCertificate, serverCertificate } from "./server-certificate.ts";

export const sambaBase = "DC=hopital,DC=test";
export const sambaAdministrator = "Administrator@hopital.test";
export const sambaPassword = "Adm1n-pass-word";

/** Why no domain controller can run here; `undefined` where it can. */
export function whyNoSamba(): string | undefined {
  const [, , count] = readFileSync("/proc/self/uid_map", "utf8").trim().split(/\s+/);
  if (Number(count) < 65_536) return "Samba keeps files for several users, and a user namespace has one";
  return process.env["WARDKEY_PRIVATE_MACHINE"] === undefined
    ? "Samba's ports are fixed: it needs a private network"
    : undefined;
}

/** A real Samba as domain controller of Active Directory, on loopback. */
export class SambaDomain {
  readonly folder: string;
  readonly tls: ServerCertificate;
  readonly secureAddress = "ldaps://localhost";
  readonly address = "ldap://localhost";
  readonly #process: ChildProcess;

  private constructor(folder: string, tls: ServerCertificate, process: ChildProcess) {
    this.folder = folder;
    this.tls = tls;
    this.#process = process;
  }

  static async start(): Promise<SambaDomain> {
    const folder = mkdtempSync(join(tmpdir(), "wardkey-samba-"));
    const tls = serverCertificate(folder, ["DNS:localhost", "IP:127.0.0.1"]);
    const option = (name: string, value: string) => `--option=${name}=${value}`;
    const provisioned = spawnSync(
      "samba-tool",
      [
        ...["domain", "provision", "--server-role=dc", "--dns-backend=NONE", "--use-rfc2307"],
        ...["--realm=HOPITAL.TEST", "--domain=HOPITAL", `--adminpass=${sambaPassword}`, `--targetdir=${folder}`],
        ...["--host-name=dc1", "--host-ip=127.0.0.1"],
        ...[option("interfaces", "lo"), option("bind interfaces only", "yes"), option("server services", "ldap")],
        ...[
          option("tls certfile", tls.certificate),
          option("tls keyfile", tls.key),
          option("tls cafile", tls.certificate),
        ],
      ],
      { encoding: "utf8" },
    );
    if (provisioned.status !== 0) throw new Error(`samba-tool: ${provisioned.stderr || provisioned.error}`);
    mkdirSync("/run/samba", { recursive: true });
    const words = ["--foreground", "--no-process-group", "--model=single", "-s", join(folder, "etc", "smb.conf")];
    const process = spawn("samba", [...words, `--option=log file=${join(folder, "log")}`], { stdio: "ignore" });
    await answering(389, process, "samba");
    return new SambaDomain(folder, tls, process);
  }

  /** Does something as the domain's administrator. */
  async managing<Result>(act: (client: Client) => Promise<Result>): Promise<Result> {
    const client = new Client({
      url: this.secureAddress,
      tlsOptions: { ca: readFileSync(this.tls.certificate) },
    });
    try {
      await client.bind(sambaAdministrator, sambaPassword);
      return await act(client);
    } finally {
      await client.unbind();
    }
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
