/** What the server throws when a request cannot be met. The contract's table says which status and title a code has. */
import { ERRORS } from '@holdfast/contract';
import type { ErrorCode } from '@holdfast/contract';

export interface ErrorExtras {
  /** Where in the request, and what is wrong there. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly needed?: string;
  readonly available?: string;
  readonly currency?: string;
  /** The id of what is there already. */
  readonly existingId?: string;
  /** Seconds to wait before trying again. */
  readonly retryAfterSeconds?: number;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly extras: ErrorExtras;

  /** `detail` names the thing, the figure and the way out; it is shown to the caller. */
  constructor(code: ErrorCode, detail: string, extras: ErrorExtras = {}) {
    super(detail);
    this.name = 'AppError';
    this.code = code;
    this.extras = extras;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** Not found and not yours are the same answer. */
export function notFound(thing: string): AppError {
  return new AppError('not_found', `There is no ${thing} with this id among yours.`);
}
