import type { NoteSigner } from "../../core/trail/signed-note.ts";
import type { ContinuousExport } from "../audit/continuous-export.ts";
import { KnownPersons } from "../audit/known-persons.ts";
import { openExport } from "../audit/open-export.ts";
import { renewIdentifierKeys } from "../audit/renew-identifier-keys.ts";
import { TrailCheckpoints } from "../audit/trail-checkpoints.ts";
import { openTrailKey } from "../audit/trail-key.ts";
import { TrailSegments } from "../audit/trail-segments.ts";
import { appendTrail } from "../store/trail-table.ts";
import type { Ground } from "./open-ground.ts";
import type { OpenWorkstations } from "./open-workstations.ts";

export interface OpenTrail {
  readonly signer: NoteSigner;
  readonly checkpoints: TrailCheckpoints;
  readonly exports: readonly ContinuousExport[];
}

const careMs = 3_600_000;

/** The trail at work: begun with the broker's start, sealed again and again, kept by its months, and exported. */
export async function openTrail(parts: Ground & Pick<OpenWorkstations, "hub">): Promise<OpenTrail> {
  const { configuration, store, clock, log, life, signatures, identifierKeys, hub } = parts;
  const { trail } = configuration;
  const signer = openTrailKey(configuration.store, `${new URL(configuration.agents.origin).host}/trail`);
  await renewIdentifierKeys(identifierKeys, store, clock);
  await store.write(tx => appendTrail(tx, { at: clock.now(), act: "broker-started" }));
  const checkpoints = await TrailCheckpoints.open({
    ...{ store, clock, log, signer, signatures },
    file: trail.checkpointFile,
    tell: note => hub.tellAll({ type: "trail-checkpoint", note }),
  });
  const sealQuietly = () => checkpoints.seal().catch(error => log.warn("trail-not-sealed", { detail: String(error) }));
  await sealQuietly();
  // A full disk keeps no broker from ending; the next start signs what is missing.
  life.atEnd(sealQuietly);
  life.every(trail.checkpointSeconds * 1000, "trail-not-sealed", () => checkpoints.seal());

  const segments = life.keep(new TrailSegments({ store, clock, log, signer, configuration: trail }));
  const keepSegments = () => segments.tick().catch(error => log.warn("trail-not-archived", { detail: String(error) }));
  life.onceOpen(() => void keepSegments());
  life.every(careMs, "trail-not-archived", () => segments.tick());
  life.every(careMs, "trail-keys-not-renewed", () => renewIdentifierKeys(identifierKeys, store, clock));

  const administrators = configuration.administrators.map(({ holder }) => holder);
  const persons = new KnownPersons(store, clock, administrators);
  const exports = trail.exports.map(to => life.keep(openExport(to, { store, origin: signer.name, persons, log })));
  return { signer, checkpoints, exports };
}
