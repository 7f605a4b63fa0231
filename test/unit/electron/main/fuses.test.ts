import { FuseV1Options } from "@electron/fuses";
import { expect, test } from "vitest";
import { fuses, packedBinary } from "../../../../electron/main/fuses.ts";

const packed = (electronPlatformName: string, executableName?: string) => ({
  appOutDir: "/out",
  electronPlatformName,
  packager: {
    appInfo: { productFilename: "Wardkey" },
    ...(executableName === undefined ? {} : { executableName }),
  },
});

test("each platform's program carries the fuses", () => {
  expect(packedBinary(packed("linux", "wardkey"))).toBe("/out/wardkey");
  expect(packedBinary(packed("linux"))).toBe("/out/Wardkey");
  expect(packedBinary(packed("win32"))).toBe("/out/Wardkey.exe");
  expect(packedBinary(packed("darwin"))).toBe("/out/Wardkey.app");
});

test("nothing from outside the archive is run, and no debugger is let in", () => {
  expect(fuses).toMatchObject({
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  });
});
