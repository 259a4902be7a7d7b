/** The WebSocket of /tickers/ws: who may connect, what they may say, and when the connection ends. */
import type { Route } from '@holdfast/contract';
import { TickersQuery, tickersSocket } from '@holdfast/contract/tickers-api';
import { Ajv } from 'ajv';
import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Clock } from '../../platform/clock.ts';
import { AppError, knownError } from '../../platform/http/index.ts';
import type { Gate, ServeContext } from '../../platform/http/index.ts';
import type { TickerFeed } from './ticker-feed.ts';

export interface TickerSocketNeeds {
  readonly feed: TickerFeed;
  readonly gate: Gate;
  readonly clock: Clock;
  /** Where it is false, a connection lasts as long as its token. */
  readonly publicMarketData: boolean;
  /** Origins besides our own whose pages may connect with a cookie. */
  readonly allowedOrigins: readonly string[];
  readonly onError: (error: unknown) => void;
}

export interface TickerSockets {
  beat(): void;
  /** Ends the connections whose token no longer counts. */
  checkPasses(): Promise<void>;
  close(): void;
}

interface Connection {
  readonly token: string | null;
  /** Nothing came back since the last ping. */
  silent: boolean;
}

const SESSION_ENDED = 4401;
const FOREIGN_PAGE = 4403;
const TOO_MANY = 4429;
const BAD_QUERY = 1008;
const STOPPING = 1001;
const BEAT_MS = 1_000;
const PING_MS = 15_000;
const MOST_CONNECTIONS = 20_000;
const MOST_MESSAGES_A_SECOND = 20;
const readsQuery = new Ajv({ allErrors: false, strict: false }).compile(TickersQuery);

export function bindTickerSocket({ app }: Pick<ServeContext, 'app'>, needs: TickerSocketNeeds): TickerSockets {
  const { feed } = needs;
  const contract: Route = tickersSocket;
  const connections = new Map<WebSocket, Connection>();
  app.route({
    method: 'GET',
    url: contract.path,
    config: { contract },
    schema: { querystring: TickersQuery },
    handler: () => {
      throw new AppError('upgrade_required', 'Connect with a WebSocket: wss://…/api/v1/tickers/ws.');
    },
    wsHandler: (socket, request) => accept(needs, { socket, request, connections }),
  });
  const checkPasses = async (): Promise<void> => {
    if (needs.publicMarketData) return;
    for (const [socket, { token }] of connections) {
      if (token === null || needs.gate.find(token) !== undefined) continue;
      if ((await needs.gate.verify(token)) === null) socket.close(SESSION_ENDED, 'the session has ended');
    }
  };
  const ping = (): void => {
    for (const [socket, connection] of connections) {
      if (connection.silent) socket.terminate();
      connection.silent = true;
      socket.ping();
    }
    checkPasses().catch(needs.onError);
  };
  const timers = [setInterval(feed.beat, BEAT_MS), setInterval(ping, PING_MS)];
  for (const timer of timers) timer.unref();
  return {
    beat: feed.beat,
    checkPasses,
    close() {
      for (const timer of timers) clearInterval(timer);
      for (const socket of connections.keys()) socket.close(STOPPING, 'the server is stopping');
    },
  };
}

interface Arrival {
  readonly socket: WebSocket;
  readonly request: FastifyRequest;
  readonly connections: Map<WebSocket, Connection>;
}

function accept(needs: TickerSocketNeeds, { socket, request, connections }: Arrival): void {
  if (connections.size >= MOST_CONNECTIONS) return socket.close(TOO_MANY, 'too many connections');
  if (request.caller?.via === 'cookie' && !isOwnOrigin(request, needs.allowedOrigins))
    return socket.close(FOREIGN_PAGE, 'the page is from another site');
  const connection: Connection = { token: request.token, silent: false };
  connections.set(socket, connection);
  let spoken = { second: 0, messages: 0 };
  socket.on('message', (raw: Buffer, isBinary: boolean) => {
    connection.silent = false;
    const second = Math.floor(needs.clock.now() / 1_000);
    spoken = spoken.second === second ? { second, messages: spoken.messages + 1 } : { second, messages: 1 };
    if (spoken.messages > MOST_MESSAGES_A_SECOND) return answer(socket, tooFast());
    if (!isBinary && raw.toString('utf8').trim() === 'ping') return socket.send('pong');
    const failure = listen(needs, socket, () => readQuery(raw, isBinary));
    if (failure !== null) answer(socket, failure);
  });
  socket.on('pong', () => {
    connection.silent = false;
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    connections.delete(socket);
    needs.feed.leave(socket);
  });
  const failure = listen(needs, socket, () => request.query as TickersQuery);
  if (failure === null) return;
  answer(socket, failure);
  socket.close(BAD_QUERY, 'the query cannot be answered');
}

/** What stands in the way, or null. */
function listen({ feed, onError }: TickerSocketNeeds, socket: WebSocket, query: () => TickersQuery): AppError | null {
  try {
    if (feed.listen(socket, query())) return null;
    return new AppError('rate_limited', 'Too many different queries are listened to. Take one that others have, such as none.');
  } catch (error) {
    const known = knownError(error);
    if (known.code === 'internal') onError(error);
    return known;
  }
}

function readQuery(raw: Buffer, isBinary: boolean): TickersQuery {
  const query: unknown = isBinary ? null : parsed(raw.toString('utf8'));
  if (readsQuery(query)) return query as TickersQuery;
  throw new AppError('invalid_request', 'A message is "ping", or a JSON object of skip, limit, search, start_date and end_date.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function tooFast(): AppError {
  return new AppError('rate_limited', `At most ${MOST_MESSAGES_A_SECOND} messages a second.`);
}

/** In the error shape of this door. */
function answer(socket: WebSocket, error: AppError): void {
  socket.send(JSON.stringify({ detail: error.message, code: error.code }));
}

function isOwnOrigin({ headers: { origin, host } }: FastifyRequest, allowed: readonly string[]): boolean {
  return origin === undefined || allowed.includes(origin) || origin.replace(/^https?:\/\//, '') === host;
}
