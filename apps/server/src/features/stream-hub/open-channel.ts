/** Opens a channel for a client: whether it may follow, what it is told first, and from where events go on. */
import { parseChannel, wireName } from './channels.ts';
import type { Fact, FactSource, StateSource } from './channels.ts';
import { errorFrame, eventsFrame, eventText } from './stream-client.ts';
import type { StreamClient } from './stream-client.ts';
import type { StreamHub } from './stream-hub.ts';

export interface ChannelSources {
  readonly hub: StreamHub;
  readonly states: readonly StateSource[];
  readonly facts: readonly FactSource[];
}

/** A channel that may be followed: what is sent once the client has been told so. */
export interface Opened {
  readonly name: string;
  begin(): void;
  /** Instead of `begin`, where another channel of the same message could not be read. */
  drop(): void;
}

interface Asked {
  readonly name: string;
  /** The last sequence that the client knows, where it resumes. */
  readonly from: number | null;
}

/** Null after a refusal, which the client has been told. */
export function createChannelOpener({
  hub,
  states,
  facts,
}: ChannelSources): (client: StreamClient, asked: Asked) => Promise<Opened | null> {
  const stateSources = new Map(states.map((source) => [source.kind, source]));
  const factSources = new Map(facts.map((source) => [source.kind, source]));
  return async (client, asked) => {
    const { kind } = parseChannel(asked.name);
    const [state, fact] = [stateSources.get(kind), factSources.get(kind)];
    if (state !== undefined) return openState({ hub, client }, asked.name, state);
    if (fact !== undefined) return openFact({ hub, client }, asked, fact);
    return refuse(client, asked.name, { code: 'unknown_channel', detail: `There is no channel of the kind ${kind}.` });
  };
}

interface Listening {
  readonly hub: StreamHub;
  readonly client: StreamClient;
}

/** The channel is held while its state is read, so that nothing falls between what was read and the first event. */
async function openState({ hub, client }: Listening, name: string, source: StateSource): Promise<Opened | null> {
  hub.states.retain(name);
  const before = hub.states.stateOf(name).sequence;
  const release = () => hub.states.release(name);
  try {
    const opened = await source.open(parseChannel(name), client.pass?.caller ?? null);
    if ('code' in opened) {
      release();
      return refuse(client, name, opened);
    }
    const begin = () => {
      const { sequence, data } = hub.states.stateOf(name);
      client.send(snapshot(name, { sequence, data: sequence > before && data !== null ? data : opened.data }));
      release();
    };
    return { name, begin, drop: release };
  } catch (error) {
    release();
    throw error;
  }
}

async function openFact({ hub, client }: Listening, { name, from }: Asked, source: FactSource): Promise<Opened | null> {
  const channel = parseChannel(name);
  const drop = () => hub.facts.unfollow(client, name);
  // Whoever follows already hears nothing until it is known where to go on.
  if (client.facts.has(name)) hub.facts.follow(client, name);
  const opened = await source.open(channel, client.pass?.caller ?? null);
  if ('code' in opened) {
    drop();
    return refuse(client, name, opened);
  }
  const missed = from === null ? [] : await source.since(channel, from);
  if (missed === null) {
    drop();
    const detail = 'What came after this sequence is too old or too much to be told again. Subscribe anew.';
    return refuse(client, name, { code: 'resume_impossible', detail });
  }
  const begin = () => {
    if (!hub.clients.has(client)) return;
    hub.facts.follow(client, name);
    if (from === null) client.send(snapshot(name, opened));
    else if (missed.length > 0) client.send(eventsFrame(missed.map((fact) => eventText(name, fact))));
    hub.facts.begin(client, name, from === null ? opened.sequence : (missed.at(-1)?.sequence ?? from));
  };
  return { name, begin, drop };
}

function snapshot(channel: string, { sequence, data }: Fact): string {
  return `{"type":"snapshot","channel":${JSON.stringify(wireName(channel))},"sequence":${sequence},"data":${data}}`;
}

function refuse(client: StreamClient, name: string, refusal: { readonly code: string; readonly detail: string }): null {
  client.send(errorFrame(refusal.code, refusal.detail, wireName(name)));
  return null;
}
