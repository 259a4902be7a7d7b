/** The WebSocket of /api/v1/stream: who may connect, how often they may speak, and when the connection ends. */
import { openStream } from '@holdfast/contract/stream';
import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Clock } from '../../platform/clock.ts';
import { AppError, isWithinScope } from '../../platform/http/index.ts';
import type { Gate, ServeContext } from '../../platform/http/index.ts';
import { errorFrame, SESSION_ENDED, StreamClient } from './stream-client.ts';
import type { StreamHub } from './stream-hub.ts';

export interface StreamSocketNeeds {
  readonly hub: StreamHub;
  readonly gate: Gate;
  readonly clock: Clock;
  /** Origins besides our own whose pages may connect with a cookie. */
  readonly allowedOrigins: readonly string[];
  readonly onMessage: (client: StreamClient, text: string) => Promise<void>;
  /** Called with each heartbeat. */
  readonly onBeat: () => void;
  readonly onError: (error: unknown) => void;
}

const HEARTBEAT_MS = 15_000;
/** A client that answers no heartbeat for this many has gone, or does not read. */
const MOST_UNANSWERED = 2;
const MOST_PER_USER = 20;
const MOST_PER_ADDRESS = 100;
const MOST_MESSAGES_A_SECOND = 20;
const MOST_QUEUED_MESSAGES = 100;
/** Close codes of our own, as the documents name them. */
const TOO_MANY = 4429;
const OTHER_SITE = 4403;

export interface StreamSockets {
  /** Ends the connections, of one user or of all, whose token no longer counts. */
  checkPasses(userId?: string): Promise<void>;
  /** Done every 15 s. */
  beat(): void;
  close(): void;
}

/** How many connections each address and each user has. */
interface Counts {
  readonly addresses: Map<string, number>;
  readonly users: Map<string, number>;
}

export function bindStreamSocket({ app }: Pick<ServeContext, 'app'>, needs: StreamSocketNeeds): StreamSockets {
  const { hub, gate } = needs;
  const counts: Counts = { addresses: new Map(), users: new Map() };
  app.route({
    method: 'GET',
    url: openStream.path,
    config: { contract: openStream },
    handler: () => {
      throw new AppError('upgrade_required', 'Connect with a WebSocket: wss://…/api/v1/stream.');
    },
    wsHandler: (socket, request) => accept(needs, { socket, request, counts }),
  });

  const checkPasses = async (userId?: string): Promise<void> => {
    for (const client of hub.clients) {
      if (client.pass === null || (userId !== undefined && client.pass.caller.userId !== userId)) continue;
      const { token } = client.pass;
      const caller = gate.find(token) ?? (await gate.verify(token));
      if (caller === null) end(client, SESSION_ENDED, 'The session has ended.');
    }
  };
  const beat = (): void => {
    for (const client of hub.clients) {
      if (client.unanswered >= MOST_UNANSWERED) {
        client.cutOff();
        continue;
      }
      client.unanswered += 1;
      if (client.isOpen) client.socket.ping();
      client.send('{"type":"heartbeat"}');
    }
    checkPasses().catch(needs.onError);
    needs.onBeat();
  };
  const timer = setInterval(beat, HEARTBEAT_MS);
  timer.unref();
  return {
    checkPasses,
    beat,
    close() {
      clearInterval(timer);
      for (const client of hub.clients) client.socket.close(1001, 'the server is stopping');
    },
  };
}

interface Connection {
  readonly socket: WebSocket;
  readonly request: FastifyRequest;
  readonly counts: Counts;
}

function accept(needs: StreamSocketNeeds, { socket, request, counts }: Connection): void {
  const client = new StreamClient(socket);
  const { caller, token, ip } = request;
  if (isRemote(ip) && (counts.addresses.get(ip) ?? 0) >= MOST_PER_ADDRESS)
    return socket.close(TOO_MANY, 'too many connections from this address');
  if (caller?.via === 'cookie' && !isOwnOrigin(request, needs.allowedOrigins))
    return socket.close(OTHER_SITE, 'the page is from another site');
  count(counts.addresses, ip, 1);
  needs.hub.join(client);
  let countedAs: string | null = null;
  /** Counts the connection for its user, once it is known who that is. */
  const countUser = (): void => {
    const userId = client.pass?.caller.userId;
    if (userId === undefined || countedAs !== null) return;
    countedAs = userId;
    if (count(counts.users, userId, 1) > MOST_PER_USER) end(client, TOO_MANY, `A user has at most ${MOST_PER_USER} connections.`);
  };
  if (caller !== null && token !== null && isWithinScope(caller, 'read')) client.pass = { caller, token };
  countUser();
  const hear = listen(needs, client, countUser);
  socket.on('message', hear);
  socket.on('pong', () => {
    client.unanswered = 0;
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    needs.hub.leave(client);
    count(counts.addresses, ip, -1);
    if (countedAs !== null) count(counts.users, countedAs, -1);
  });
}

/** Works on messages one after the other, so that a subscription is done before the next word is read. */
function listen(needs: StreamSocketNeeds, client: StreamClient, afterEach: () => void): (raw: Buffer, isBinary: boolean) => void {
  let spoken = { second: 0, messages: 0 };
  let queued = 0;
  let last: Promise<void> = Promise.resolve();
  return (raw, isBinary) => {
    client.unanswered = 0;
    const second = Math.floor(needs.clock.now() / 1_000);
    spoken = spoken.second === second ? { second, messages: spoken.messages + 1 } : { second, messages: 1 };
    if (isBinary) return client.send(errorFrame('invalid_frame', 'Messages are text.'));
    if (spoken.messages > MOST_MESSAGES_A_SECOND || queued > MOST_QUEUED_MESSAGES)
      return client.send(errorFrame('too_fast', `At most ${MOST_MESSAGES_A_SECOND} messages a second.`));
    queued += 1;
    last = last
      .then(() => needs.onMessage(client, raw.toString('utf8')))
      .catch((error: unknown) => {
        needs.onError(error);
        client.send(errorFrame('internal', 'Something went wrong here.'));
      })
      .finally(() => {
        queued -= 1;
        afterEach();
      });
  };
}

/** Adds to a count and answers it; a count of nothing is forgotten. */
function count(counts: Map<string, number>, key: string, change: 1 | -1): number {
  const changed = (counts.get(key) ?? 0) + change;
  if (changed <= 0) counts.delete(key);
  else counts.set(key, changed);
  return changed;
}

/** Load tests and proxies on this machine share one address. */
function isRemote(ip: string): boolean {
  return ip !== '127.0.0.1' && ip !== '::1' && ip !== '::ffff:127.0.0.1';
}

function end(client: StreamClient, code: number, reason: string): void {
  client.send(errorFrame(code === SESSION_ENDED ? 'unauthenticated' : 'too_many_connections', reason));
  client.socket.close(code, reason);
}

function isOwnOrigin(request: FastifyRequest, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  return allowed.includes(origin) || origin.replace(/^https?:\/\//, '') === host;
}
