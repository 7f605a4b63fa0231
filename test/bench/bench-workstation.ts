import { createHash, randomUUID } from "node:crypto";
import type { SeatApplications } from "../../core/ports/screen.ts";
import { type Agent, startAgent } from "../../electron/agent/agent.ts";
import { BrokerClient } from "../../electron/main/broker/broker-client.ts";
import { CardHostClient } from "../../electron/main/card-host/card-host-client.ts";
import type { View } from "../../protocol/window/view.ts";
import { silentLog } from "../fakes/silent-log.ts";
import type { TestBroker } from "../integration/support/test-broker.ts";

type Screen = View["screen"];

const patienceMs = 30_000;

const noApplications: SeatApplications = {
  open: async () => {},
  show: async () => {},
  cover() {},
  setAside() {},
  uncover() {},
  quit: async () => {},
  wipe: async () => {},
  onClosed() {},
  onUsed() {},
};

/** A workstation's agent with the real card host and the real way to the broker, without a window. */
export class BenchWorkstation {
  readonly agent: Agent;
  readonly readers: CardHostClient;
  readonly #broker: BrokerClient;

  private constructor(agent: Agent, readers: CardHostClient, broker: BrokerClient) {
    this.agent = agent;
    this.readers = readers;
    this.#broker = broker;
  }

  static async start(house: TestBroker, name: string): Promise<BenchWorkstation> {
    const broker = new BrokerClient(await house.enrol(name));
    const readers = new CardHostClient(silentLog);
    const agent = startAgent({
      readers,
      broker,
      applications: noApplications,
      clock: { now: () => Date.now() },
      monotonic: { now: () => performance.now() },
      timers: {
        after(ms, act) {
          const timer = setTimeout(act, ms);
          return () => clearTimeout(timer);
        },
      },
      uuid: randomUUID,
      sha256: bytes => createHash("sha256").update(bytes).digest(),
      log: silentLog,
    });
    return new BenchWorkstation(agent, readers, broker);
  }

  /** Resolves when the window would show this screen; rejects when it does not for half a minute. */
  screen<Name extends Screen["name"]>(name: Name): Promise<Extract<Screen, { name: Name }>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`no ${name}, but ${JSON.stringify(this.agent.view().screen)}`));
      }, patienceMs);
      const stop = this.agent.subscribe(() => {
        const { screen } = this.agent.view();
        if (screen.name !== name) return;
        clearTimeout(timer);
        queueMicrotask(() => stop());
        resolve(screen as Extract<Screen, { name: Name }>);
      });
    });
  }

  /** Types the PIN when it is asked for; resolves at the portal. */
  async signIn(pin: string): Promise<void> {
    const { question } = await this.screen("pin");
    this.agent.intend({ type: "submit-pin", question, pin: [...pin].map(digit => digit.charCodeAt(0)) });
    await this.screen("portal");
  }

  async close(): Promise<void> {
    await this.agent.close();
    await Promise.all([this.readers.close(), this.#broker.close()]);
  }
}
