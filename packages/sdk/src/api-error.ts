import type { Problem } from './wire/problem.ts';

/** An answer that was not a success, or no answer at all (`status` 0, code `network_unreachable` or `timed_out`). */
export interface ApiError extends Error {
  readonly name: 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly problem: Problem;
  /** From `Retry-After`, when the server said so. */
  readonly retryAfterSeconds: number | null;
}

export function createApiError(problem: Problem, retryAfterSeconds: number | null = null): ApiError {
  return Object.assign(new Error(problem.detail), {
    name: 'ApiError' as const,
    status: problem.status,
    code: problem.code,
    problem,
    retryAfterSeconds,
  });
}

export function isApiError(value: unknown): value is ApiError {
  return value instanceof Error && value.name === 'ApiError' && 'problem' in value;
}

/** True when the request never got an answer, so that nothing is known about its effect. */
export function isUnanswered(value: unknown): boolean {
  return isApiError(value) && value.status === 0;
}
