/** What a connection may say, and what it is answered. Knows no socket library beyond the client it is handed. */
import { ClientFrame } from '@holdfast/contract/stream';
import { Ajv } from 'ajv';
import type { Static } from 'typebox';
import { isWithinScope } from '../../platform/http/index.ts';
import type { Gate } from '../../platform/http/index.ts';
import { innerName, parseChannel, wireName } from './channels.ts';
import { createChannelOpener } from './open-channel.ts';
import type { ChannelSources, Opened } from './open-channel.ts';
import { errorFrame } from './stream-client.ts';
import type { StreamClient } from './stream-client.ts';

export type SessionNeeds = ChannelSources & { readonly gate: Gate };

const MOST_CHANNELS = 200;
const readsFrame = new Ajv({ allErrors: false, strict: false }).compile(ClientFrame);

type Frame = Static<typeof ClientFrame>;

export function createStreamSessions(needs: SessionNeeds): (client: StreamClient, text: string) => Promise<void> {
  const { hub, gate } = needs;
  const open = createChannelOpener(needs);
  const isState = (name: string) => needs.states.some(({ kind }) => kind === parseChannel(name).kind);

  /** `from` is the last sequence that the client knows, where it resumes. */
  async function subscribe(client: StreamClient, asked: ReadonlyMap<string, number | null>): Promise<void> {
    const fresh = [...asked.keys()].filter((name) => !client.states.has(name) && !client.facts.has(name));
    if (client.states.size + client.facts.size + fresh.length > MOST_CHANNELS)
      return client.send(errorFrame('too_many_channels', `A connection follows at most ${MOST_CHANNELS} channels.`));
    const opened: Opened[] = [];
    try {
      for (const [name, from] of asked) {
        const one = await open(client, { name, from });
        if (one !== null) opened.push(one);
      }
    } catch (error) {
      for (const { drop } of opened) drop();
      throw error;
    }
    client.send(JSON.stringify({ type: 'subscribed', channels: opened.map(({ name }) => wireName(name)) }));
    const stateNames = opened.map(({ name }) => name).filter(isState);
    // A client that has gone meanwhile follows nothing: nobody would take it out again.
    if (hub.clients.has(client)) hub.states.follow(client, stateNames);
    for (const { begin } of opened) begin();
  }

  function unsubscribe(client: StreamClient, names: readonly string[]): void {
    hub.states.unfollow(client, names);
    for (const name of names) hub.facts.unfollow(client, name);
    client.send(JSON.stringify({ type: 'unsubscribed', channels: names.map(wireName) }));
  }

  return async (client, text) => {
    const frame = parse(text);
    if (frame === null)
      return client.send(errorFrame('invalid_frame', 'A message is a JSON object: auth, subscribe, unsubscribe, resume or ping.'));
    switch (frame.type) {
      case 'auth':
        return authenticate(gate, client, frame.token);
      case 'subscribe':
        return subscribe(client, new Map(frame.channels.map((name) => [own(client, name), null])));
      case 'unsubscribe':
        return unsubscribe(
          client,
          frame.channels.map((name) => own(client, name)),
        );
      case 'resume':
        return subscribe(client, new Map(frame.channels.map(({ channel, sequence }) => [own(client, channel), sequence])));
      case 'ping':
        return client.send('{"type":"pong"}');
    }
  };
}

async function authenticate(gate: Gate, client: StreamClient, token: string): Promise<void> {
  const caller = gate.find(token) ?? (await gate.verify(token));
  if (caller === null) return client.send(errorFrame('unauthenticated', 'The token is wrong, has ended or was revoked.'));
  if (!isWithinScope(caller, 'read'))
    return client.send(errorFrame('unauthenticated', 'This API key may not read. Make one with the scope read.'));
  if (client.pass !== null && client.pass.caller.userId !== caller.userId)
    return client.send(errorFrame('unauthenticated', 'A connection belongs to one user. Open another one.'));
  client.pass = { caller, token };
  client.send('{"type":"authenticated"}');
}

function own(client: StreamClient, name: string): string {
  return innerName(name, client.pass?.caller.userId ?? null);
}

function isFrame(value: unknown): value is Frame {
  return readsFrame(value);
}

function parse(text: string): Frame | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFrame(value) ? value : null;
  } catch {
    return null;
  }
}
