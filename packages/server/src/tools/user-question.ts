/**
 * What a tool returns instead of its output when a person has to say yes, or to choose, first. The client shows the question and calls the tool
 * again, with the answer and the state.
 */
export class UserQuestion {
  readonly message: string;
  /** Comes back with the answer, through the client: nothing secret, nothing trusted. */
  readonly state: string;
  /** What may be chosen, any text when it is empty. Absent: yes or no. */
  readonly choices: readonly string[] | undefined;

  constructor(message: string, state: string, choices?: readonly string[]) {
    this.message = message;
    this.state = state;
    this.choices = choices;
  }
}

/** How a tool can ask the person behind its client. */
export interface UserAnswer {
  /** Whether the client can show a question; otherwise a confirmation token has to do. */
  readonly canAsk: boolean;
  /** The answer to the question of the round before. */
  readonly given?: {
    readonly accepted: boolean;
    readonly state: string;
    /** What was chosen, when there was a choice and it was accepted. Comes from the client: it may be any text. */
    readonly choice?: string;
  };
}
