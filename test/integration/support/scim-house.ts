import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newScimToken } from "../../../broker/scim/scim-tokens.ts";
import { ScimClient } from "./scim-client.ts";
import { TestBroker } from "./test-broker.ts";

/** A broker with a source of the directory that a client writes by SCIM, and that client. */
export class ScimHouse {
  readonly house: TestBroker;
  readonly client: ScimClient;
  readonly tokenFile: string;
  readonly #folder: string;

  private constructor(house: TestBroker, client: ScimClient, folder: string, tokenFile: string) {
    this.house = house;
    this.client = client;
    this.#folder = folder;
    this.tokenFile = tokenFile;
  }

  static async start(change: Parameters<typeof TestBroker.start>[0] = {}): Promise<ScimHouse> {
    const folder = mkdtempSync(join(tmpdir(), "wardkey-scim-"));
    const tokenFile = join(folder, "hr.tokens");
    const { token, hash } = newScimToken();
    writeFileSync(tokenFile, `# the hospital's identity management\n${hash}\n`);
    const holderAttribute = "urn:wardkey:scim:schemas:1.0:HealthProfessional:holder";
    const directory = { required: false, sources: [{ id: "hr", kind: "scim" as const, tokenFile, holderAttribute }] };
    const house = await TestBroker.start({ directory, ...change });
    return new ScimHouse(house, new ScimClient(house.configuration.web.origin, token), folder, tokenFile);
  }

  async close(): Promise<void> {
    await this.house.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
