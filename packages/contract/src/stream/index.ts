/** The stream: one WebSocket for everything that changes. */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, OneOf } from '../shapes.ts';

const Channel = Type.String({ minLength: 1, maxLength: 100 });
const Channels = Type.Array(Channel, { minItems: 1, maxItems: 200 });

/** What a client sends, one JSON object a message. */
export const ClientFrame = Type.Union([
  Closed({ type: Type.Literal('auth'), token: Type.String({ maxLength: 4_096 }) }),
  Closed({ type: Type.Literal('subscribe'), channels: Channels }),
  Closed({ type: Type.Literal('unsubscribe'), channels: Channels }),
  Closed({
    type: Type.Literal('resume'),
    channels: Type.Array(Closed({ channel: Channel, sequence: Type.Integer({ minimum: 0 }) }), { minItems: 1, maxItems: 200 }),
  }),
  Closed({ type: Type.Literal('ping') }),
]);

export type ClientFrame = Static<typeof ClientFrame>;

export const STREAM_ERRORS = OneOf([
  'unauthenticated',
  'invalid_frame',
  'unknown_channel',
  'not_found',
  'ambiguous_symbol',
  'too_many_channels',
  'too_many_connections',
  'too_fast',
  'resume_impossible',
  'internal',
]);

/** What the server sends. */
export const ServerFrame = Type.Union([
  Closed({ type: Type.Literal('authenticated') }),
  Closed({ type: Type.Literal('subscribed'), channels: Type.Array(Channel) }),
  Closed({ type: Type.Literal('unsubscribed'), channels: Type.Array(Channel) }),
  Closed({ type: Type.Literal('snapshot'), channel: Channel, sequence: Type.Integer(), data: Type.Unknown() }),
  Closed({
    type: Type.Literal('events'),
    events: Type.Array(Closed({ channel: Channel, sequence: Type.Integer(), data: Type.Unknown() })),
  }),
  Closed({ type: Type.Literal('heartbeat') }),
  Closed({ type: Type.Literal('pong') }),
  Closed({ type: Type.Literal('error'), code: STREAM_ERRORS, detail: Type.String(), channel: Type.Optional(Channel) }),
]);

export type ServerFrame = Static<typeof ServerFrame>;

export const openStream = route({
  name: 'openStream',
  method: 'GET',
  path: '/api/v1/stream',
  tag: 'Stream',
  summary: 'Quotes, bars, portfolio values, orders, notifications, imports and reports as they change (WebSocket).',
  description: [
    'First message: { "type": "auth", "token": "…" }, not needed with the cookie of a browser session. Then { "type": "subscribe", "channels": […] }.',
    'Channels: quotes:AAPL, bars:AAPL:1m, portfolio:{id} are state: the latest wins and sequences may jump. notifications (your own), orders:{id}, imports:{id} and reports:{id} are facts: their sequence has no gaps, and { "type": "resume", "channels": [{ "channel", "sequence" }] } replays what came after, for 24 hours and up to 1,000 of them; else the error resume_impossible.',
    'A heartbeat comes every 15 s. Limits: 200 channels and 20 messages a second per connection, 20 connections per user, 64 KB per message; a reader that falls 1 MB behind, or answers no heartbeat for 30 s, is cut off. Close codes: 4401 the session has ended, 4403 a page of another site, 4408 reads too slowly, 4429 too many connections.',
  ].join('\n\n'),
  access: 'public',
  answers: { 101: null },
  errors: ['upgrade_required'],
  example: {},
});

export const streamRoutes: readonly Route[] = [openStream];
