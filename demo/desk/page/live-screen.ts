import type { DeskFrame, DeskInput } from "../desk-controls.ts";

const buttons = ["left", "middle", "right"] as const;

/** The screen of one workstation: pictures in, mouse and keyboard out. */
export class LiveScreen {
  readonly canvas = document.createElement("canvas");
  readonly #send: (input: DeskInput) => void;
  readonly #keysDown = new Set<string>();
  #size = { width: 1024, height: 768 };
  #newest = 0;
  #moved: { x: number; y: number } | undefined;

  constructor(send: (input: DeskInput) => void) {
    this.#send = send;
    this.canvas.tabIndex = 0;
    this.#listen();
  }

  async draw(frame: DeskFrame): Promise<void> {
    const number = ++this.#newest;
    const picture = await createImageBitmap(new Blob([frame.jpeg as BlobPart], { type: "image/jpeg" }));
    // Decoding may overtake: an older picture is never drawn over a newer one.
    if (number === this.#newest) {
      this.#size = frame;
      if (this.canvas.width !== picture.width) this.canvas.width = picture.width;
      if (this.canvas.height !== picture.height) this.canvas.height = picture.height;
      this.canvas.getContext("2d")?.drawImage(picture, 0, 0);
    }
    picture.close();
  }

  #place(event: MouseEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: Math.round(((event.clientX - box.left) / box.width) * this.#size.width),
      y: Math.round(((event.clientY - box.top) / box.height) * this.#size.height),
    };
  }

  #listen(): void {
    const { canvas } = this;
    const button = (act: "down" | "up") => (event: MouseEvent) => {
      const { x, y } = this.#place(event);
      this.#moved = undefined;
      this.#send({ kind: "mouse", act, x, y, button: buttons[event.button] ?? "left", clicks: 1 });
    };
    canvas.addEventListener("mousedown", button("down"));
    canvas.addEventListener("mouseup", button("up"));
    canvas.addEventListener("contextmenu", event => event.preventDefault());
    canvas.addEventListener("mousemove", event => {
      const waiting = this.#moved !== undefined;
      this.#moved = this.#place(event);
      if (!waiting) requestAnimationFrame(() => this.#sendMove());
    });
    canvas.addEventListener(
      "wheel",
      event => {
        event.preventDefault();
        this.#send({ kind: "wheel", ...this.#place(event), deltaX: event.deltaX, deltaY: event.deltaY });
      },
      { passive: false },
    );
    canvas.addEventListener("keydown", event => {
      // The desk's own page keeps its reload and its developer tools, and F6 leaves the screen.
      if (event.key === "F5" || event.key === "F6" || event.key === "F12") return;
      event.preventDefault();
      this.#keysDown.add(event.key);
      this.#send({ kind: "key", act: "down", key: event.key });
    });
    canvas.addEventListener("keyup", event => {
      event.preventDefault();
      this.#keysDown.delete(event.key);
      this.#send({ kind: "key", act: "up", key: event.key });
    });
    canvas.addEventListener("blur", () => {
      for (const key of this.#keysDown) this.#send({ kind: "key", act: "up", key });
      this.#keysDown.clear();
    });
  }

  #sendMove(): void {
    if (this.#moved === undefined) return;
    this.#send({ kind: "mouse", act: "move", ...this.#moved, button: "none", clicks: 0 });
    this.#moved = undefined;
  }
}
