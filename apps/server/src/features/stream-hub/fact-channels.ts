/** Fact channels: orders and imports. Every listener gets each fact once, in order, with no number left out. */
import { parseChannel } from './channels.ts';
import type { Fact, FactSource } from './channels.ts';
import { eventsFrame, eventText } from './stream-client.ts';
import type { StreamClient } from './stream-client.ts';

export interface FactChannels {
  /** The listener gets nothing before `begin`. */
  follow(client: StreamClient, name: string): void;
  /** The listener knows everything up to `sequence`: what came since then is read and sent. */
  begin(client: StreamClient, name: string, sequence: number): void;
  unfollow(client: StreamClient, name: string): void;
  /**
   * Facts of a channel that follow one another, from the one who wrote them; asked for only where somebody listens. Where there is a
   * gap before them, it is read first.
   */
  tell(name: string, facts: () => readonly Fact[]): void;
  /** There may be facts that nobody here has told: they are read and sent. */
  lookAgain(name: string): void;
  /** Channels that somebody follows. */
  followed(): Iterable<string>;
}

export function createFactChannels(sources: readonly FactSource[], onError: (error: unknown) => void): FactChannels {
  const followers = new Map<string, Set<StreamClient>>();
  const lookAgain = createGapReader({ sources, followers, onError });
  return {
    follow(client, name) {
      client.facts.set(name, null);
      const own = followers.get(name) ?? new Set();
      followers.set(name, own.add(client));
    },
    begin(client, name, sequence) {
      client.facts.set(name, sequence);
      lookAgain(name);
    },
    unfollow(client, name) {
      client.facts.delete(name);
      const own = followers.get(name);
      own?.delete(client);
      if (own?.size === 0) followers.delete(name);
    },
    tell(name, factsOf) {
      if (!followers.has(name)) return;
      const facts = factsOf();
      const told = toldUpTo(followers.get(name), name);
      const [first, last] = [facts[0]?.sequence ?? 0, facts.at(-1)?.sequence ?? 0];
      if (told === null || last <= told) return;
      if (first === told + 1) send(followers.get(name), name, facts);
      else lookAgain(name);
    },
    lookAgain,
    followed: () => followers.keys(),
  };
}

interface GapReading {
  readonly sources: readonly FactSource[];
  readonly followers: ReadonlyMap<string, ReadonlySet<StreamClient>>;
  readonly onError: (error: unknown) => void;
}

/** Reads a channel from where its listeners stand until nothing is new. One reading at a time: news meanwhile begins another. */
function createGapReader({ sources, followers, onError }: GapReading): (name: string) => void {
  const sourceOf = new Map(sources.map((source) => [source.kind, source]));
  /** Channels that are being read, and whether there was news meanwhile. */
  const reading = new Map<string, { again: boolean }>();

  const readGap = async (name: string): Promise<void> => {
    const channel = parseChannel(name);
    const source = sourceOf.get(channel.kind);
    for (
      let told = toldUpTo(followers.get(name), name);
      source !== undefined && told !== null;
      told = toldUpTo(followers.get(name), name)
    ) {
      const facts = await source.after(channel, told);
      if (facts.length === 0) return;
      send(followers.get(name), name, facts);
    }
  };
  return function lookAgain(name) {
    const before = reading.get(name);
    if (before !== undefined) {
      before.again = true;
      return;
    }
    const state = { again: false };
    reading.set(name, state);
    void readGap(name)
      .catch(onError)
      .finally(() => {
        reading.delete(name);
        if (state.again) lookAgain(name);
      });
  };
}

type Followers = ReadonlySet<StreamClient> | undefined;

/** The number up to which every listener was told; null while nobody listens yet. */
function toldUpTo(followers: Followers, name: string): number | null {
  let lowest: number | null = null;
  for (const client of followers ?? []) {
    const told = client.facts.get(name) ?? null;
    if (told !== null && (lowest === null || told < lowest)) lowest = told;
  }
  return lowest;
}

/** Sends each listener what it has not been told; those who know equally much share the frame. */
function send(followers: Followers, name: string, facts: readonly Fact[]): void {
  const events = facts.map((fact) => eventText(name, fact));
  const whole = eventsFrame(events);
  for (const client of followers ?? []) {
    const told = client.facts.get(name) ?? null;
    if (told === null) continue;
    const first = facts.findIndex(({ sequence }) => sequence > told);
    if (first < 0) continue;
    client.facts.set(name, facts.at(-1)?.sequence ?? told);
    client.send(first === 0 ? whole : eventsFrame(events.slice(first)));
  }
}
