import type { Clock } from '../clock.ts';

export type HealthCheck = {
  readonly name: string;
  /** ready: without it requests should go elsewhere. degraded: slower or less without it, but right. live: only a restart helps. */
  readonly need: 'live' | 'ready' | 'degraded';
  /** Throws or rejects when the thing does not work. */
  readonly run: () => void | Promise<void>;
  /** After this long it counts as failed; 2,000 ms when left out. */
  readonly timeoutMs?: number;
};

export type CheckOutcome = { readonly name: string; readonly status: 'ok' | 'failing' | 'timeout'; readonly durationMs: number };

export type HealthReport = {
  readonly status: 'ok' | 'degraded' | 'failing' | 'stopping';
  /** Whether the answer should be 200 rather than 503. */
  readonly healthy: boolean;
  readonly checks: readonly CheckOutcome[];
};

export type Health = {
  readonly register: (check: HealthCheck) => void;
  /** live asks only what a restart would mend; ready asks everything. Never rejects. */
  readonly report: (question: 'live' | 'ready') => Promise<HealthReport>;
  /** From now on not ready: the server is about to stop and balancers should look elsewhere. */
  readonly stopping: () => void;
};

export type HealthOptions = {
  readonly clock: Clock;
  /** Told why a check failed. Reports do not say: they are public and errors name hosts. */
  readonly onFailure?: (name: string, error: unknown) => void;
};

const defaultTimeoutMs = 2_000;

export function createHealth(options: HealthOptions): Health {
  const checks: HealthCheck[] = [];
  const running = new Map<string, Promise<CheckOutcome>>();
  let isStopping = false;

  /** Whoever asks while a check runs gets its outcome, so that a crowd of askers is no load. */
  const outcomeOf = (check: HealthCheck): Promise<CheckOutcome> => {
    const already = running.get(check.name);
    if (already !== undefined) return already;
    const started = runCheck(check, options).finally(() => running.delete(check.name));
    running.set(check.name, started);
    return started;
  };

  return {
    register: (check) => {
      if (checks.some(({ name }) => name === check.name)) throw new Error(`A health check named ${check.name} is registered already.`);
      checks.push(check);
    },
    report: async (question) => {
      const asked = checks.filter(({ need }) => question === 'ready' || need === 'live');
      const outcomes = await Promise.all(asked.map(outcomeOf));
      const failed = asked.filter((_, index) => outcomes[index]?.status !== 'ok');
      const status = statusOf(failed, question === 'ready' && isStopping);
      return { status, healthy: status === 'ok' || status === 'degraded', checks: outcomes };
    },
    stopping: () => {
      isStopping = true;
    },
  };
}

function statusOf(failed: readonly HealthCheck[], stopping: boolean): HealthReport['status'] {
  if (stopping) return 'stopping';
  if (failed.some(({ need }) => need !== 'degraded')) return 'failing';
  return failed.length > 0 ? 'degraded' : 'ok';
}

async function runCheck(check: HealthCheck, { clock, onFailure }: HealthOptions): Promise<CheckOutcome> {
  const startedAt = clock.now();
  const timeoutMs = check.timeoutMs ?? defaultTimeoutMs;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, 'timeout');
  });
  const work = (async () => check.run())().then(() => 'ok' as const);
  try {
    const status = await Promise.race([work, late]);
    if (status === 'timeout') {
      onFailure?.(check.name, new Error(`The check took longer than ${String(timeoutMs)} ms.`));
      // It may still fail later, and nobody waits for it any more.
      work.catch(() => undefined);
    }
    return { name: check.name, status, durationMs: clock.now() - startedAt };
  } catch (error) {
    onFailure?.(check.name, error);
    return { name: check.name, status: 'failing', durationMs: clock.now() - startedAt };
  } finally {
    clearTimeout(timer);
  }
}
