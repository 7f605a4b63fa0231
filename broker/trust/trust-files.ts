import { createHash, X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { TrustStore } from "../../core/certificate/trust-store.ts";
import { nodeSignatureVerifier } from "./node-signature-verifier.ts";

export interface TrustPaths {
  readonly anchors: readonly string[];
  readonly intermediates: readonly string[];
  readonly crls: readonly string[];
}

const ports = {
  signatures: nodeSignatureVerifier(),
  sha256: (bytes: Uint8Array) => createHash("sha256").update(bytes).digest(),
};

/**
 * The trust store of the configured files, read again when one of them changes. Throws at once where they cannot be read;
 * later, unreadable files leave the last good store in force.
 */
export function openTrustFiles(paths: TrustPaths): () => TrustStore {
  const files = [...paths.anchors, ...paths.intermediates, ...paths.crls];
  let stamp = stampOf(files);
  let store = load(paths);
  return () => {
    const now = stampOf(files);
    if (now !== stamp) {
      stamp = now;
      try {
        store = load(paths);
      } catch {
        return store;
      }
    }
    return store;
  };
}

function load(paths: TrustPaths): TrustStore {
  return new TrustStore(
    {
      anchors: paths.anchors.map(certificateIn),
      intermediates: paths.intermediates.map(certificateIn),
      crls: paths.crls.map(listIn),
    },
    ports,
  );
}

function stampOf(files: readonly string[]): string {
  return files.map(file => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0).join();
}

/** PEM or DER. */
function certificateIn(file: string): Uint8Array {
  return new X509Certificate(readFileSync(file)).raw;
}

function listIn(file: string): Uint8Array {
  const bytes = readFileSync(file);
  const pem = /-----BEGIN X509 CRL-----([\s\S]+?)-----END X509 CRL-----/.exec(bytes.toString("latin1"))?.[1];
  return pem === undefined ? bytes : Buffer.from(pem, "base64");
}
