/** imports:ID and reports:ID, the progress of an import or a report, to the user who began it; and everybody's own notifications. */
import type { Db } from '../../platform/db/pool.ts';
import type { Caller } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import { refused, SIGN_IN } from './channels.ts';
import type { FactSource } from './channels.ts';
import { askedForReport, beganImport, FACTS_KEPT_MS, lastStreamFact, readNotificationHead, readStreamFacts } from './stream-store.ts';

interface StoredFacts {
  readonly db: Db;
  readonly now: () => number;
}

export function importFacts(stored: StoredFacts): FactSource {
  const mayFollow = async (id: string, caller: Caller) => caller.role === 'admin' || (await beganImport(stored.db, id, caller.userId));
  return storedFacts(stored, { kind: 'imports', thing: 'import', mayFollow });
}

export function reportFacts(stored: StoredFacts): FactSource {
  return storedFacts(stored, { kind: 'reports', thing: 'report', mayFollow: (id, { userId }) => askedForReport(stored.db, id, userId) });
}

/** What is told first is how many are unread. */
export function notificationFacts(stored: StoredFacts): FactSource {
  const mayFollow = async (id: string, { userId }: Caller) => id === userId;
  const facts = storedFacts(stored, { kind: 'notifications', thing: 'channel', mayFollow });
  return {
    ...facts,
    open: async (channel, caller) => {
      const opened = await facts.open(channel, caller);
      if ('code' in opened) return opened;
      const { sequence, unread } = await readNotificationHead(stored.db, channel.rest);
      return { sequence, data: JSON.stringify({ unread }) };
    },
  };
}

interface OwnedThing {
  readonly kind: string;
  readonly thing: string;
  readonly mayFollow: (id: string, caller: Caller) => Promise<boolean>;
}

function storedFacts({ db, now }: StoredFacts, { kind, thing, mayFollow }: OwnedThing): FactSource {
  return {
    kind,
    open: async ({ name, rest }, caller) => {
      if (caller === null) return SIGN_IN;
      if (!isId(rest) || !(await mayFollow(rest, caller))) return refused('not_found', `There is no ${thing} with this id among yours.`);
      return (await lastStreamFact(db, name)) ?? { sequence: 0, data: 'null' };
    },
    since: async ({ name }, sequence) => {
      const last = (await lastStreamFact(db, name))?.sequence ?? 0;
      if (sequence > last) return null;
      const facts = await readStreamFacts(db, name, { after: sequence, since: new Date(now() - FACTS_KEPT_MS) });
      return sequence === last || facts[0]?.sequence === sequence + 1 ? facts : null;
    },
    after: ({ name }, sequence) => readStreamFacts(db, name, { after: sequence, since: new Date(0) }),
  };
}
