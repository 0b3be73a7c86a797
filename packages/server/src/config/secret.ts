import { inspect } from 'node:util';

const hidden = '[secret]';

/**
 * A password, key or connection string that cannot be printed by accident: text conversion, JSON and `util.inspect`
 * give `[secret]`; only `reveal()` gives the content.
 */
export class Secret {
  readonly #content: string;

  /** @param content - the secret text */
  constructor(content: string) {
    this.#content = content;
  }

  /** The secret text. Call it where the secret is used, and keep the result in no variable that outlives the call. */
  reveal(): string {
    return this.#content;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}
