/**
 * Keeps the watched alerts as the database has them, whichever server changed them: news name what changed, and changes are looked for
 * every few seconds, since the news of a server that was killed are lost. An alert too many does no harm: its answer is held against
 * the stored version.
 */
import { STORM_MS } from '@holdfast/engine/alerts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { PriceHistory } from '../bars/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import { conditionOf } from './alert.ts';
import type { AlertWatch } from './alert-watch.ts';
import { readKnownMarket } from './known-market.ts';
import { findChanged, loadActive, loadAlerts, loadFirings } from './watch-store.ts';
import type { WatchedRow } from './watch-store.ts';

export interface FollowNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: Pick<InstrumentBook, 'byKey'>;
  readonly history: Pick<PriceHistory, 'bars'>;
  readonly watch: AlertWatch;
}

export interface AlertFollower {
  /** Reads all active alerts. */
  load(): Promise<void>;
  /** Reads alerts again. `anew` also takes those that stand here at the stored version, or a later one that was not written. */
  reread(ids: readonly string[], anew?: 'anew'): Promise<void>;
  /** Looks for changes that nobody told of. */
  look(): Promise<void>;
}

const PAGE = 10_000;
/** How much older than the last look a change may be that was not there yet: commits take their time, and clocks differ. */
const LOOK_BACK_MS = 60_000;

export function followAlerts(needs: FollowNeeds): AlertFollower {
  const { db, clock, watch } = needs;
  let lookedAt = clock.now();
  /** Puts rows into the watch, but for those that answered here while they were being read: answers those. */
  const put = async (rows: readonly WatchedRow[], versions: ReadonlyMap<string, number | null>): Promise<readonly string[]> => {
    const answered: string[] = [];
    const stormy = rows.filter(({ row }) => row.last_fired_at !== null && row.last_fired_at.getTime() > clock.now() - STORM_MS);
    const firings = await loadFirings(
      db,
      stormy.map(({ row }) => row.id),
      new Date(clock.now() - STORM_MS),
    );
    for (const watched of rows) {
      const known = await knownFor(needs, watched);
      const { id, asked_at: askedAt } = watched.row;
      const before = watch.find(id);
      const read = versions.get(id);
      if (read !== undefined && (before?.version ?? null) !== read) {
        answered.push(id);
        continue;
      }
      const isNew = read !== undefined && before?.askedAt !== askedAt.getTime();
      watch.put({ watched, known, firedAt: firings.get(id) ?? [], isNew });
    }
    return answered;
  };
  const reread: AlertFollower['reread'] = async (ids, anew) => {
    const versions = new Map(ids.map((id) => [id, watch.find(id)?.version ?? null]));
    const rows = await loadAlerts(db, ids);
    const active = new Set(rows.map(({ row }) => row.id));
    for (const id of ids) if (!active.has(id)) watch.remove(id);
    const changed = rows.filter(({ row }) => anew === 'anew' || (watch.find(row.id)?.version ?? -1) < row.version);
    const answered = await put(changed, versions);
    if (answered.length > 0) await reread(answered, anew);
  };
  return {
    async load() {
      lookedAt = clock.now();
      for (let after: string | null = null; ;) {
        const rows: readonly WatchedRow[] = await loadActive(db, after, PAGE);
        await put(rows, new Map());
        if (rows.length < PAGE) return;
        after = rows.at(-1)?.row.id ?? null;
      }
    },
    reread,
    async look() {
      const now = clock.now();
      const since = new Date(lookedAt - LOOK_BACK_MS);
      await reread(await findChanged(db, since));
      lookedAt = now;
    },
  };
}

async function knownFor({ instruments, history, clock }: FollowNeeds, { row, move }: WatchedRow) {
  const instrument = row.instrument_key === null ? null : instruments.byKey(row.instrument_key);
  return instrument === null ? {} : readKnownMarket(history, instrument, { condition: conditionOf(row, move), now: clock.now() });
}
