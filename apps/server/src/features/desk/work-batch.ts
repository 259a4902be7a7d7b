/** Takes a batch of commands to its end: decided, written, told, and every command answered exactly once. */
import { postgresCode } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { Batch } from './batch.ts';
import { decideCommand } from './decide-command.ts';
import type { DeskOutcome, Pending } from './desk-command.ts';
import type { Committed, DeskOptions } from './desk.ts';
import { lockingWrite, writeBatch } from './desk-store.ts';
import type { WriteResult } from './desk-store.ts';
import { answerEarlier, freed } from './answer-earlier.ts';
import { keysOf } from './earlier-outcomes.ts';
import type { Market } from './market.ts';
import type { PortfolioState } from './portfolio-state.ts';

type Decided = Pending & { readonly outcome: DeskOutcome };
type Refused = Pending & { readonly error: unknown };

interface Decisions {
  readonly batch: Batch;
  readonly decided: readonly Decided[];
  readonly refused: readonly Refused[];
  /** The same key twice in one batch: the second waits, and finds what the first did. */
  readonly repeated: readonly Pending[];
}

const MOST_TRIES = 6;
/**
 * SQLSTATE classes of a statement that the database refused as such (a value, a constraint, a rule): tried one by one, the good
 * commands go through. After any other failure it is not known whether the batch was committed, so nothing is tried again.
 */
const REFUSED_STATEMENT = /^(0A|21|22|23|2F|42|54|P0|XX)/;

/** Another server changed a portfolio between reading and writing: decide again on what it is now. */
class Outdated extends Error {}
/** A key of the batch had its effect before, under another operation. */
class KeyTaken extends Error {}

/** The function never rejects. `tell` is called after each commit and before the commands are answered. */
export function createBatchWorker(
  options: DeskOptions,
  tell: (committed: Committed) => void,
): (batch: readonly Pending[]) => Promise<void> {
  const { pool, states, market, logger } = options;
  const now = () => market.clock.now();

  async function work(pending: readonly Pending[], tried: number): Promise<void> {
    let made: Decisions;
    try {
      made = tried === 1 ? await attempt(pending) : await attemptLocked(pending);
    } catch (error) {
      states.forget(new Set(pending.map(({ command }) => command.portfolioId)));
      return afterFailure(pending, error, tried);
    }
    await answer(made);
  }

  /** Decides on the states in memory and writes if they are still true. */
  async function attempt(pending: readonly Pending[]): Promise<Decisions> {
    const made = decideAll(await states.forDeciding(portfolioIds(pending)), pending, market);
    if (made.batch.drafts.size > 0) check(await timed(pending.length, () => writeBatch(pool, made.batch.tables())));
    return made;
  }

  /** The same on portfolios that are locked first, so that a server that was overtaken once is not overtaken again. */
  async function attemptLocked(pending: readonly Pending[]): Promise<Decisions> {
    return lockingWrite(pool, portfolioIds(pending), async (locked, write) => {
      const made = decideAll(locked, pending, market);
      if (made.batch.drafts.size > 0) check(await timed(pending.length, () => write(made.batch.tables())));
      return made;
    });
  }

  async function timed(size: number, write: () => Promise<WriteResult>): Promise<WriteResult> {
    const startedAt = performance.now();
    const result = await write();
    options.observe?.(size, (performance.now() - startedAt) / 1_000);
    return result;
  }

  /** The batch is durable: nothing that fails from here on may have it tried again. */
  async function answer({ batch, decided, refused, repeated }: Decisions): Promise<void> {
    const committed = { states: batch.states(), orderEvents: batch.events };
    for (const state of committed.states) states.keep(state);
    if (committed.states.length > 0) tell(committed);
    for (const { resolve, outcome } of decided) resolve(outcome);
    // A refusal is only told when no earlier request with the key had the effect: then that is the answer.
    const keyed = refused.filter(({ command }) => keysOf(command).length > 0);
    for (const { command, reject, error } of refused) if (keysOf(command).length === 0) reject(error);
    for (const one of await answerEarlier(pool, keyed, now())) one.reject(one.error);
    const rest = await answerEarlier(pool, repeated, now());
    if (rest.length > 0) await work(rest, 1);
  }

  async function afterFailure(batch: readonly Pending[], error: unknown, tried: number): Promise<void> {
    const code = postgresCode(error);
    const overtaken = error instanceof Outdated || code === '40001' || code === '40P01';
    if (tried < MOST_TRIES && overtaken) return work(batch, tried + 1);
    if (tried < MOST_TRIES && (error instanceof KeyTaken || code === '23505')) {
      const rest = await freed(pool, await answerEarlier(pool, batch, now()), now());
      if (rest.length > 0) await work(rest, tried + 1);
      return;
    }
    if (batch.length > 1 && code !== undefined && REFUSED_STATEMENT.test(code)) {
      for (const one of batch) await work([one], 1);
      return;
    }
    if (!overtaken) logger.error({ err: error, size: batch.length }, 'a batch of the desk failed');
    const told = overtaken ? new AppError('unavailable', 'The portfolio is being changed elsewhere. Try again.') : error;
    for (const { reject } of batch) reject(told);
  }

  return (batch) => work(batch, 1);
}

function check(result: WriteResult): void {
  if (result === 'outdated') throw new Outdated('A portfolio of the batch was changed elsewhere.');
  if (result === 'keyTaken') throw new KeyTaken('A key of the batch was used before.');
}

function portfolioIds(pending: readonly Pending[]): readonly string[] {
  return [...new Set(pending.map(({ command }) => command.portfolioId))];
}

function decideAll(states: ReadonlyMap<string, PortfolioState>, pending: readonly Pending[], market: Market): Decisions {
  const batch = new Batch(states, market.clock.now());
  const decided: Decided[] = [];
  const refused: Refused[] = [];
  const repeated: Pending[] = [];
  const keys = new Set<string>();
  for (const one of pending) {
    const own = keysOf(one.command);
    if (own.some((key) => keys.has(key))) {
      repeated.push(one);
      continue;
    }
    try {
      decided.push({ ...one, outcome: decideCommand(batch, one.command, market) });
      for (const key of own) keys.add(key);
    } catch (error) {
      refused.push({ ...one, error });
    }
  }
  return { batch, decided, refused, repeated };
}
