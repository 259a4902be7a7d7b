/**
 * Portfolios in memory, each true at its version. Readers ask for the state as it is now: versions are checked against the
 * database, many portfolios in one query (the check that is under way gathers the next), so a read is never older than its request,
 * whichever server wrote last.
 */
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { loadStates, readVersions } from './desk-store.ts';
import type { PortfolioState } from './portfolio-state.ts';

interface Waiting {
  readonly id: string;
  readonly resolve: (state: PortfolioState | null) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_KEPT = 20_000;

export class PortfolioStates {
  readonly #pool: pg.Pool;
  readonly #kept = new LRUCache<string, PortfolioState>({ max: MOST_KEPT });
  #waiting: Waiting[] = [];
  #checking = false;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** The state as of now, or null when there is no such portfolio. */
  current(id: string): Promise<PortfolioState | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id, resolve, reject });
      if (!this.#checking) this.#checkSoon();
    });
  }

  /** For the desk, which checks versions as it writes: kept states as they are, others read. */
  async forDeciding(ids: readonly string[]): Promise<ReadonlyMap<string, PortfolioState>> {
    const states = new Map<string, PortfolioState>();
    const missing: string[] = [];
    for (const id of ids) {
      const kept = this.#kept.get(id);
      if (kept === undefined) missing.push(id);
      else states.set(id, kept);
    }
    if (missing.length > 0) for (const state of await this.#load(missing)) states.set(state.id, state);
    return states;
  }

  /** What the desk just committed. */
  keep(state: PortfolioState): void {
    this.#kept.set(state.id, state);
  }

  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#kept.delete(id);
  }

  async #load(ids: readonly string[]): Promise<readonly PortfolioState[]> {
    const states = await loadStates(this.#pool, ids);
    for (const state of states) {
      const kept = this.#kept.get(state.id);
      if (kept === undefined || kept.version <= state.version) this.#kept.set(state.id, state);
    }
    return states;
  }

  #checkSoon(): void {
    this.#checking = true;
    setImmediate(() => void this.#check());
  }

  async #check(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const ids = [...new Set(batch.map((waiting) => waiting.id))];
      const versions = new Map((await readVersions(this.#pool, ids)).map((row) => [row.portfolio_id, row.version]));
      const found = new Map<string, PortfolioState>();
      const stale: string[] = [];
      for (const [id, version] of versions) {
        const kept = this.#kept.get(id);
        if (kept === undefined || kept.version < version) stale.push(id);
        else found.set(id, kept);
      }
      if (stale.length > 0) for (const state of await this.#load(stale)) found.set(state.id, state);
      for (const { id, resolve } of batch) resolve(found.get(id) ?? null);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#checking = false;
      if (this.#waiting.length > 0) this.#checkSoon();
    }
  }
}
