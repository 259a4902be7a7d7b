/** Why a provider gave no answer. */
export type ProviderFault = 'unreachable' | 'timeout' | 'server_error' | 'throttled' | 'refused' | 'redirected' | 'too_large' | 'malformed';

/** A provider that could not be asked, or whose answer cannot be used. The message never holds its key. */
export class ProviderError extends Error {
  readonly provider: string;
  readonly fault: ProviderFault;
  /** How long it asks to be left alone, or null when it does not say. */
  readonly retryAfterMs: number | null;

  constructor(provider: string, fault: ProviderFault, { message, retryAfterMs = null, cause }: ProviderErrorDetails) {
    super(`${provider}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = 'ProviderError';
    this.provider = provider;
    this.fault = fault;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface ProviderErrorDetails {
  readonly message: string;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}
