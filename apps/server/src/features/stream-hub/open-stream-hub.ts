import type pg from 'pg';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Gate, ServeContext } from '../../platform/http/index.ts';
import type { Desk, DeskNews, KeptOrder, PortfolioState, PortfolioStates } from '../desk/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { importFacts, notificationFacts, reportFacts } from './import-channels.ts';
import { createMarketChannels } from './market-channels.ts';
import type { MarketChannelNeeds } from './market-channels.ts';
import { createPortfolioChannels } from './portfolio-channels.ts';
import { createStateChannels } from './state-channels.ts';
import { createStreamHub } from './stream-hub.ts';
import { createStreamSessions } from './stream-session.ts';
import { bindStreamSocket } from './stream-socket.ts';
import { readOrderEvents } from './stream-store.ts';

export interface StreamHubNeeds {
  readonly clock: Clock;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly bus: Bus;
  readonly gate: Gate;
  readonly desk: Desk;
  readonly news: DeskNews;
  readonly states: PortfolioStates;
  readonly instruments: InstrumentBook;
  readonly quotes: QuoteBoard;
  readonly publicMarketData: boolean;
  readonly allowedOrigins: readonly string[];
  readonly runningBar: MarketChannelNeeds['runningBar'];
  readonly summaryText: (state: PortfolioState) => Promise<string>;
  readonly orderText: (order: KeptOrder) => string;
  /** The bus topics that tell of ended sessions (payload: user id) and of new stream facts (payload: { channel }). */
  readonly topics: { readonly sessionsEnded: string; readonly factsAdded: string };
  readonly onError: (error: unknown) => void;
}

export interface OpenStreamHub {
  /** How many connections are open. */
  readonly size: number;
  /** Sends the heartbeat, lets go of connections that did not answer the last ones, and of those whose session has ended. */
  beat(): void;
  close(): void;
}

export async function openStreamHub(context: Pick<ServeContext, 'app'>, needs: StreamHubNeeds): Promise<OpenStreamHub> {
  const { bus, desk, clock, onError } = needs;
  const now = () => clock.now();
  const channels = createStateChannels();
  const { instruments, quotes, runningBar } = needs;
  const market = createMarketChannels({ channels, instruments, quotes, isPublic: needs.publicMarketData, runningBar });
  const portfolios = createPortfolioChannels({
    channels,
    states: needs.states,
    summaryText: needs.summaryText,
    orderText: needs.orderText,
    readEvents: (portfolioId, after) => readOrderEvents(needs, { portfolioId, after }),
    now,
    onError,
  });
  const stored = { db: needs.db, now };
  const factSources = [...portfolios.facts, importFacts(stored), reportFacts(stored), notificationFacts(stored)];
  const hub = createStreamHub(channels, { facts: factSources, onError });
  const stateSources = [...market.sources, ...portfolios.states];
  const onMessage = createStreamSessions({ hub, gate: needs.gate, states: stateSources, facts: factSources });
  const lookEverywhere = (): void => {
    for (const name of [...hub.facts.followed()]) hub.facts.lookAgain(name);
    portfolios.onBeat();
  };
  const { gate, allowedOrigins } = needs;
  // A server that was killed between its commit and its news has told nobody: with each heartbeat everybody looks for themselves.
  const socket = bindStreamSocket(context, { hub, gate, clock, allowedOrigins, onMessage, onError, onBeat: lookEverywhere });
  const stops = [
    quotes.onTick((changed) => {
      market.onTick(changed);
      portfolios.onBeat();
    }),
    desk.onCommitted((committed) => portfolios.onCommitted(committed, hub.facts)),
    await needs.news.hear((ids) => {
      if (ids === null) lookEverywhere();
      else for (const id of ids) portfolios.onForeignChange(id, hub.facts);
    }),
    await bus.subscribe(needs.topics.factsAdded, (payload) => hub.facts.lookAgain((payload as { channel: string }).channel)),
    await bus.subscribe(needs.topics.sessionsEnded, (userId) => void socket.checkPasses(String(userId)).catch(onError)),
    bus.onLost(() => void socket.checkPasses().catch(onError)),
  ];
  return {
    get size() {
      return hub.clients.size;
    },
    beat: socket.beat,
    close() {
      socket.close();
      for (const stop of stops) stop();
    },
  };
}
