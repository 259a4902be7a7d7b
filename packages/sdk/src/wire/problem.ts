/** One refused field of a body: `path` is a JSON pointer such as `/limitPrice`. */
export interface ProblemField {
  readonly path: string;
  readonly message: string;
}

/** `application/problem+json`. Refusals carry their own figures beside these (for example `needed` and `available`). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId?: string;
  readonly errors?: readonly ProblemField[];
  readonly [figure: string]: unknown;
}
