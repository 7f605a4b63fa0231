import type { MeasuredStage } from "../../electron/agent/stopwatch.ts";
import type { View } from "../../protocol/window/view.ts";
import type { DeskFrame, DeskFront, DeskInput } from "../desk/desk-controls.ts";

/**
 * What a workstation process is told over the fork's channel (advanced serialization). A message with a `request` is
 * answered by the message of the same number.
 */
export type ToWorkstation =
  | { readonly type: "input"; readonly input: DeskInput }
  /** Types into whatever is in front, one key after the other; names as in KeyboardEvent.key, e.g. `Enter`. */
  | { readonly type: "press"; readonly request: number; readonly keys: readonly string[] }
  /** Clicks what fits the Playwright selector on the page in front, e.g. `role=button[name="DPI"]`. */
  | { readonly type: "click"; readonly request: number; readonly selector: string }
  /** Reads the page in front. */
  | { readonly type: "look"; readonly request: number }
  /** Goes back to the window from an application. */
  | { readonly type: "show-window"; readonly request: number }
  | { readonly type: "screenshot"; readonly request: number }
  /** Pictures cost time: none are sent until this asks for them. */
  | { readonly type: "screencast"; readonly on: boolean }
  /** How far this workstation's clock is ahead from now on, milliseconds. */
  | { readonly type: "clock-ahead"; readonly ms: number };

export type FromWorkstation =
  /** The window is drawn and the agent runs. */
  | { readonly type: "ready" }
  | { readonly type: "view"; readonly view: View }
  | { readonly type: "front"; readonly front: DeskFront }
  | { readonly type: "frame"; readonly frame: DeskFrame }
  | ({ readonly type: "stage" } & MeasuredStage)
  | { readonly type: "done"; readonly request: number; readonly problem?: string }
  | {
      readonly type: "seen";
      readonly request: number;
      readonly front: DeskFront;
      readonly url: string;
      readonly text: string;
    }
  | { readonly type: "screenshot-taken"; readonly request: number; readonly png: Uint8Array }
  /** It cannot run, e.g. not enrolled; the process ends. `code` is one of the catalogue. */
  | { readonly type: "trouble"; readonly code: string; readonly detail: string };

/**
 * Words that demo/workstation/main.ts is started with: `--state DIR` (enrolled before), `--reader NAME` (only this
 * PC/SC reader is this workstation's), `--language es` (a code of core/language.ts), `--size 1024x768`. Ends at SIGTERM or when the ward is gone.
 */
export const workstationWords = ["--state", "--reader", "--language", "--size"] as const;
