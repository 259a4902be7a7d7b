import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { notFound } from '../../platform/http/index.ts';
import type { Role } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import type { Asker } from './asker.ts';
import { keepAnAdministrator } from './keep-an-administrator.ts';
import type { SessionDesk } from './session-desk.ts';
import { lockUser, updateUser } from './user-store.ts';
import type { User } from './user.ts';

export interface UserDecision {
  readonly role?: Role;
  readonly isActive?: boolean;
  readonly signOut?: true;
}

/** What an administrator decides about a user. Whatever it is, tokens issued before it end. Throws `conflict` for the last administrator. */
export async function changeUser(
  { db, clock, sessions }: { readonly db: Db; readonly clock: Clock; readonly sessions: SessionDesk },
  userId: string,
  { actorId, asker, ...decision }: UserDecision & { readonly actorId: string; readonly asker: Asker },
): Promise<void> {
  await transact(db, async (tx) => {
    if (decision.isActive === false || (decision.role !== undefined && decision.role !== 'admin')) await keepAnAdministrator(tx, userId);
    const user = await lockUser(tx, userId);
    if (user === null) throw notFound('user');
    const events = eventsOf(user, decision);
    if (events.length === 0) return;
    const at = clock.now();
    for (const { action, details } of events)
      await writeAuditEntry(tx, { at, actorId, action, subjectKind: 'user', subjectId: userId, ...asker, details });
    await updateUser(tx, userId, {
      at,
      ...(decision.role === undefined ? {} : { role: decision.role }),
      ...(decision.isActive === undefined || decision.isActive === user.isActive ? {} : { isActive: decision.isActive }),
    });
    await sessions.endAll(tx, { userId, because: events.map(({ action }) => action).join(', '), actorId, asker });
  });
}

function eventsOf(user: User, decision: UserDecision): { readonly action: string; readonly details: object }[] {
  const events: { action: string; details: object }[] = [];
  if (decision.role !== undefined && decision.role !== user.role)
    events.push({ action: 'user.role_changed', details: { from: user.role, to: decision.role } });
  if (decision.isActive !== undefined && decision.isActive !== user.isActive)
    events.push({ action: decision.isActive ? 'user.reactivated' : 'user.deactivated', details: {} });
  if (decision.signOut === true) events.push({ action: 'user.signed_out', details: {} });
  return events;
}
