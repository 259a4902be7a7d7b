/** Who is connected, and who listens to what. */
import { createFactChannels } from './fact-channels.ts';
import type { FactChannels } from './fact-channels.ts';
import type { FactSource } from './channels.ts';
import type { StateChannels } from './state-channels.ts';
import type { StreamClient } from './stream-client.ts';

export interface StreamHub {
  readonly clients: ReadonlySet<StreamClient>;
  readonly states: StateChannels;
  readonly facts: FactChannels;
  join(client: StreamClient): void;
  leave(client: StreamClient): void;
}

export function createStreamHub(
  states: StateChannels,
  sources: { readonly facts: readonly FactSource[]; readonly onError: (error: unknown) => void },
): StreamHub {
  const clients = new Set<StreamClient>();
  const facts = createFactChannels(sources.facts, sources.onError);
  return {
    clients,
    states,
    facts,
    join: (client) => void clients.add(client),
    leave(client) {
      clients.delete(client);
      states.unfollow(client, [...client.states]);
      for (const name of [...client.facts.keys()]) facts.unfollow(client, name);
    },
  };
}
