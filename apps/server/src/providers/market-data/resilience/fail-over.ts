import { isIntraday } from '@holdfast/engine/bars';
import { formatSymbol } from '@holdfast/engine/instruments';
import type { CorporateAction, ListedSymbol } from '@holdfast/engine/instruments';
import type {
  CurrencyPair,
  DayRange,
  DayRate,
  HistoryRequest,
  ListingProfile,
  MarketDataProvider,
  ProvidedHistory,
  ProvidedQuote,
} from '../market-data.ts';
import type { GuardedRequest, Pace, ProviderGuard, Purpose, Skip } from './provider-guard.ts';

/** Several providers in the order in which they are asked: what the first does not give, the next one is asked for. */
export interface FailOver {
  readonly guards: readonly ProviderGuard[];
  covers(listing: ListedSymbol): boolean;
  quotes(listings: readonly ListedSymbol[], how: HowAsked): Promise<QuotesFound>;
  /** Of `source` alone where one is named: prices of two sources never mix in a series. */
  history(listing: ListedSymbol, request: HistoryRequest & { readonly source: string | null }): Promise<ProvidedHistory | null>;
  search(text: string, limit: number): Promise<readonly ListingProfile[]>;
  /** Null when all who could know were asked and do not; `unanswered` when one of them could not be. */
  profile(listing: ListedSymbol): Promise<ListingProfile | null | 'unanswered'>;
  actions(listing: ListedSymbol, range: DayRange): Promise<readonly CorporateAction[] | null>;
  exchangeRates(pair: CurrencyPair, range: DayRange): Promise<readonly DayRate[] | null>;
}

export interface HowAsked {
  readonly purpose: Purpose;
  readonly pace?: Pace | 'closed';
}

export interface QuotesFound {
  /** What somebody answered about, with a quote or without one. */
  readonly asked: readonly ListedSymbol[];
  readonly quotes: readonly ProvidedQuote[];
  /** Who was skipped on the way. */
  readonly skips: readonly Skip[];
}

interface FirstRequest<Answer> extends GuardedRequest<Answer | null> {
  readonly covering: (provider: MarketDataProvider) => boolean;
}

export function createFailOver(guards: readonly ProviderGuard[]): FailOver {
  const first = async <Answer>({ covering, ...request }: FirstRequest<Answer>): Promise<Answer | null> => {
    for (const guard of guards) {
      if (!covering(guard.provider)) continue;
      const outcome = await guard.ask(request);
      if ('answer' in outcome && outcome.answer !== null) return outcome.answer;
    }
    return null;
  };
  return {
    guards,
    covers: (listing) => guards.some(({ provider }) => provider.covers(listing)),
    quotes: (listings, how) => quotesFrom(guards, listings, how),
    history: (listing, { source, ...request }) =>
      first({
        covering: (provider) =>
          provider.covers(listing) && provider.intervals.includes(request.interval) && (source === null || provider.name === source),
        kind: isIntraday(request.interval) ? 'minutes' : 'history',
        calls: ({ costs }) => costs.history,
        purpose: 'background',
        ask: (provider) => provider.history(listing, request),
      }),
    search: async (text, limit) =>
      (await first({
        covering: () => true,
        kind: 'search',
        calls: () => 1,
        purpose: 'asked',
        ask: async (provider) => {
          const profiles = await provider.search(text, limit);
          return profiles.length === 0 ? null : profiles;
        },
      })) ?? [],
    profile: (listing) => profileFrom(guards, listing),
    actions: (listing, range) =>
      first({
        covering: (provider) => provider.covers(listing),
        kind: 'actions',
        calls: ({ costs }) => costs.actions,
        purpose: 'background',
        ask: (provider) => provider.actions(listing, range),
      }),
    exchangeRates: (pair, range) =>
      first({
        covering: () => true,
        kind: 'exchangeRates',
        calls: () => 1,
        purpose: 'background',
        ask: (provider) => provider.exchangeRates(pair, range),
      }),
  };
}

async function profileFrom(guards: readonly ProviderGuard[], listing: ListedSymbol): Promise<ListingProfile | null | 'unanswered'> {
  let isSure = true;
  for (const guard of guards.filter(({ provider }) => provider.covers(listing))) {
    const outcome = await guard.ask({
      kind: 'profile',
      calls: ({ costs }) => costs.profile,
      purpose: 'asked',
      ask: (provider) => provider.profile(listing),
    });
    if ('skip' in outcome) isSure = false;
    else if (outcome.answer !== null) return outcome.answer;
  }
  return isSure ? null : 'unanswered';
}

async function quotesFrom(guards: readonly ProviderGuard[], listings: readonly ListedSymbol[], how: HowAsked): Promise<QuotesFound> {
  const quotes: ProvidedQuote[] = [];
  const skips: Skip[] = [];
  const asked: ListedSymbol[] = [];
  let missing = new Map(listings.map((listing) => [formatSymbol(listing), listing]));
  for (const guard of guards) {
    const wanted = [...missing.values()].filter((listing) => guard.provider.covers(listing));
    for (const batch of batchesOf(wanted, guard.provider.batch.size)) {
      const calls = ({ batch: { counts } }: MarketDataProvider): number => (counts === 'call' ? 1 : batch.length);
      const outcome = await guard.ask({ ...how, kind: 'quotes', calls, ask: (provider) => provider.quotes(batch) });
      if ('skip' in outcome) {
        skips.push(outcome.skip);
        // What this one cannot do now it cannot do for the next batch either.
        break;
      }
      asked.push(...batch);
      quotes.push(...outcome.answer);
      missing = new Map([...missing].filter(([name]) => !outcome.answer.some(({ listing }) => formatSymbol(listing) === name)));
    }
    if (missing.size === 0) break;
  }
  return { asked, quotes, skips };
}

function batchesOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const batches: (readonly Item[])[] = [];
  for (let from = 0; from < items.length; from += size) batches.push(items.slice(from, from + size));
  return batches;
}
