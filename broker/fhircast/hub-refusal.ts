/** The hub refuses a request; `message` is for the application's developer (FHIRcast STU3, section 2.4: plain text). */
export class HubRefusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 413 | 429;

  constructor(status: HubRefusal["status"], message: string) {
    super(message);
    this.status = status;
  }
}
