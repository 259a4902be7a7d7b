/** portfolio:ID, the summary as it changes, and orders:ID, every change of an order. */
import { isId } from '../../platform/ids.ts';
import type { Caller } from '../../platform/http/index.ts';
import type { Committed, KeptOrder, PortfolioState, PortfolioStates } from '../desk/index.ts';
import { refused, SIGN_IN } from './channels.ts';
import type { ChannelRefusal, Fact, FactSource, StateSource } from './channels.ts';
import type { FactChannels } from './fact-channels.ts';
import type { StateChannels } from './state-channels.ts';
import { FACTS_KEPT_MS, MOST_REPLAYED } from './stream-store.ts';

export interface PortfolioChannelNeeds {
  readonly channels: StateChannels;
  readonly states: PortfolioStates;
  readonly summaryText: (state: PortfolioState) => Promise<string>;
  readonly orderText: (order: KeptOrder) => string;
  /** Events of a portfolio's orders after a sequence, oldest first. */
  readonly readEvents: (portfolioId: string, after: number) => Promise<readonly OrderEvent[]>;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

export interface OrderEvent {
  readonly sequence: number;
  /** The order as it was then. */
  readonly order: KeptOrder;
}

export interface PortfolioChannels {
  readonly states: readonly StateSource[];
  readonly facts: readonly FactSource[];
  /** Prices have changed. */
  onBeat(): void;
  onCommitted(committed: Committed, facts: FactChannels): void;
  /** Another server changed a portfolio. */
  onForeignChange(portfolioId: string, facts: FactChannels): void;
}

export function createPortfolioChannels(needs: PortfolioChannelNeeds): PortfolioChannels {
  const { channels, states } = needs;
  const followed = new Set<string>();

  const stateFor = async (id: string, caller: Caller | null): Promise<PortfolioState | ChannelRefusal> => {
    if (caller === null) return SIGN_IN;
    const state = isId(id) ? await states.current(id) : null;
    return state?.userId === caller.userId ? state : refused('not_found', 'There is no portfolio with this id among yours.');
  };

  const values: StateSource = {
    kind: 'portfolio',
    open: async ({ rest }, caller) => {
      const state = await stateFor(rest, caller);
      if ('code' in state) return state;
      followed.add(rest);
      return { data: await needs.summaryText(state) };
    },
  };

  /** Values of followed portfolios at the new prices. */
  const refresh = async (ids: readonly string[]): Promise<void> => {
    await Promise.all(
      ids.map(async (id) => {
        if (!channels.isFollowed(valueChannel(id))) return void followed.delete(id);
        const state = await states.current(id);
        if (state !== null) channels.setState(valueChannel(id), await needs.summaryText(state));
      }),
    );
    channels.flush();
  };

  let beating = false;
  return {
    states: [values],
    facts: [orderFacts(needs, stateFor)],
    onBeat() {
      // A beat that comes while the last one is still being worked out is left out: the next has its prices.
      if (beating || followed.size === 0) return;
      beating = true;
      refresh([...followed])
        .catch(needs.onError)
        .finally(() => (beating = false));
    },
    onCommitted({ orderEvents, states: changed }, facts) {
      for (const [portfolioId, events] of byPortfolio(orderEvents))
        facts.tell(orderChannel(portfolioId), () => events.map(({ sequence, order }) => ({ sequence, data: needs.orderText(order) })));
      const mine = changed.map(({ id }) => id).filter((id) => followed.has(id));
      if (mine.length > 0) refresh(mine).catch(needs.onError);
    },
    onForeignChange(portfolioId, facts) {
      facts.lookAgain(orderChannel(portfolioId));
      if (followed.has(portfolioId)) refresh([portfolioId]).catch(needs.onError);
    },
  };
}

function orderFacts(
  needs: PortfolioChannelNeeds,
  stateFor: (id: string, caller: Caller | null) => Promise<PortfolioState | ChannelRefusal>,
): FactSource {
  const factOf = ({ sequence, order }: OrderEvent): Fact => ({ sequence, data: needs.orderText(order) });
  return {
    kind: 'orders',
    open: async ({ rest }, caller) => {
      const state = await stateFor(rest, caller);
      if ('code' in state) return state;
      return { sequence: state.eventSequence, data: `{"openOrders":[${[...state.openOrders.values()].map(needs.orderText).join(',')}]}` };
    },
    since: async ({ rest }, sequence) => {
      // The number first: an event that comes in between is among those that are read.
      const last = (await needs.states.current(rest))?.eventSequence ?? 0;
      if (sequence > last || last - sequence > MOST_REPLAYED) return null;
      if (sequence === last) return [];
      const events = await needs.readEvents(rest, sequence);
      const oldest = events[0];
      return oldest === undefined || oldest.order.updatedAt < needs.now() - FACTS_KEPT_MS ? null : events.map(factOf);
    },
    after: async ({ rest }, sequence) => {
      // Asked for all followed portfolios at once this is one query, and most have nothing new.
      const last = (await needs.states.current(rest))?.eventSequence ?? 0;
      return last > sequence ? (await needs.readEvents(rest, sequence)).map(factOf) : [];
    },
  };
}

function valueChannel(portfolioId: string): string {
  return `portfolio:${portfolioId}`;
}

function orderChannel(portfolioId: string): string {
  return `orders:${portfolioId}`;
}

function byPortfolio(events: Committed['orderEvents']): ReadonlyMap<string, Committed['orderEvents']> {
  const groups = new Map<string, Committed['orderEvents'][number][]>();
  for (const event of events) {
    const group = groups.get(event.portfolioId);
    if (group === undefined) groups.set(event.portfolioId, [event]);
    else group.push(event);
  }
  return groups;
}
