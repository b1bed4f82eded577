/** Thrown when a request can't be read at all; becomes 400 or 413, never 500. */
export class Unreadable extends Error {
  readonly status: 400 | 413 | 415
  constructor(status: 400 | 413 | 415, why: string) {
    super(why)
    this.status = status
  }
}

/** More came from one address or account than anybody needs. */
export class TooMany extends Error {}

/** The form token or the origin is wrong. */
export class Forged extends Error {}
