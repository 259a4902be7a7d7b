/** All SQL about providers themselves: what they were asked, why they were skipped. */
import { sql } from 'kysely';
import { freeFrom } from '../../providers/market-data/index.ts';
import type { QuotaLedger, Skip } from '../../providers/market-data/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';

/** Counts calls in the database, by second: they hold over restarts and for all servers together. */
export function storedQuotaLedger({ db, clock }: { readonly db: Db; readonly clock: Clock }): QuotaLedger {
  return {
    take: ({ provider, quotas, calls, reserve }) => {
      if (quotas.length === 0) return Promise.resolve({ granted: true });
      return transact(db, async (tx) => {
        const now = clock.now();
        const longestMs = Math.max(...quotas.map(({ perSeconds }) => perSeconds)) * 1_000;
        // One at a time decides over a provider's quota; the lock goes with the transaction.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`quota ${provider}`}, 0))`.execute(tx);
        const rows = await usesSince(tx, provider, now - longestMs);
        const freeAt = Math.max(
          now,
          ...quotas.map((quota) =>
            freeFrom(
              rows.filter(({ at }) => at > now - quota.perSeconds * 1_000),
              quota,
              { calls, reserve, now },
            ),
          ),
        );
        if (freeAt > now) return { granted: false as const, freeAt };
        await sql`delete from provider_usage where provider = ${provider} and at <= ${new Date(now - longestMs)}`.execute(tx);
        await sql`insert into provider_usage as kept (provider, at, calls) values (${provider}, ${new Date(now)}, ${calls})
          on conflict (provider, at) do update set calls = kept.calls + excluded.calls`.execute(tx);
        return { granted: true as const };
      });
    },
    used: async (provider, quotas) => {
      if (quotas.length === 0) return [];
      const now = clock.now();
      const rows = await usesSince(db, provider, now - Math.max(...quotas.map(({ perSeconds }) => perSeconds)) * 1_000);
      return quotas.map(({ perSeconds }) =>
        rows.filter(({ at }) => at > now - perSeconds * 1_000).reduce((total, { calls }) => total + calls, 0),
      );
    },
  };
}

async function usesSince(db: Db, provider: string, since: number): Promise<readonly { readonly at: number; readonly calls: number }[]> {
  const rows = await db
    .selectFrom('provider_usage')
    .select(['at', 'calls'])
    .where('provider', '=', provider)
    .where('at', '>', new Date(since))
    .orderBy('at')
    .execute();
  return rows.map(({ at, calls }) => ({ at: at.getTime(), calls }));
}

export async function noteSkip(db: Db, { provider, at, reason, detail, until }: Skip): Promise<void> {
  const instant = new Date(at);
  const untilAt = until === null ? null : new Date(until);
  await sql`
    with counted as (
      insert into provider_skips as kept (provider, day, reason, count, last_at, detail)
      values (${provider}, (${instant}::timestamptz at time zone 'UTC')::date, ${reason}, 1, ${instant}, ${detail})
      on conflict (provider, day, reason) do update set count = kept.count + 1, last_at = excluded.last_at, detail = excluded.detail)
    insert into provider_health as kept (provider, last_skip_at, last_skip_reason, last_skip_detail, paused_until)
    values (${provider}, ${instant}, ${reason}, ${detail}, ${untilAt})
    on conflict (provider) do update set last_skip_at = excluded.last_skip_at, last_skip_reason = excluded.last_skip_reason,
      last_skip_detail = excluded.last_skip_detail, paused_until = excluded.paused_until`.execute(db);
}

export async function noteAnswer(db: Db, provider: string, at: number): Promise<void> {
  await sql`insert into provider_health as kept (provider, last_answer_at) values (${provider}, ${new Date(at)})
    on conflict (provider) do update set last_answer_at = excluded.last_answer_at, paused_until = null`.execute(db);
}

export interface ProviderHealth {
  readonly provider: string;
  readonly lastAnswerAt: Date | null;
  readonly lastSkipAt: Date | null;
  readonly lastSkipReason: string | null;
  readonly lastSkipDetail: string | null;
  readonly pausedUntil: Date | null;
}

export async function loadHealth(db: Db): Promise<readonly ProviderHealth[]> {
  const rows = await db.selectFrom('provider_health').selectAll().execute();
  return rows.map((row) => ({
    provider: row.provider,
    lastAnswerAt: row.last_answer_at,
    lastSkipAt: row.last_skip_at,
    lastSkipReason: row.last_skip_reason,
    lastSkipDetail: row.last_skip_detail,
    pausedUntil: row.paused_until,
  }));
}

export interface SkipCount {
  readonly provider: string;
  readonly day: string;
  readonly reason: string;
  readonly count: number;
  readonly lastAt: Date;
  readonly detail: string;
}

/** Skips since a day, newest first. */
export async function loadSkips(db: Db, since: Date): Promise<readonly SkipCount[]> {
  const { rows } = await sql<SkipCount>`
    select provider, to_char(day, 'YYYY-MM-DD') as day, reason, count, last_at as "lastAt", detail from provider_skips
    where day >= (${since}::timestamptz at time zone 'UTC')::date order by last_at desc, provider, reason limit 500`.execute(db);
  return rows;
}

export async function forgetSkips(db: Db, before: Date): Promise<void> {
  await sql`delete from provider_skips where day < (${before}::timestamptz at time zone 'UTC')::date`.execute(db);
}
