import type { Caller } from '../../platform/http/index.ts';
import type { NewAuditEntry } from '../audit/index.ts';
import type { Instrument } from './instrument.ts';

/** Who asks, and what the audit log says of the request. */
export interface Asker {
  readonly caller: Caller;
  readonly requestId: string;
  readonly ip: string;
}

export interface AuditedChange {
  readonly at: number;
  readonly action: string;
  readonly instrument: Instrument;
  readonly fields?: readonly string[];
}

/** The audit entry of a change. What a user calls a private instrument is their own business and stays out. */
export function entryOf({ caller, requestId, ip }: Asker, { at, action, instrument, fields }: AuditedChange): NewAuditEntry {
  const { ownerId, symbol, exchange } = instrument;
  return {
    at,
    actorId: caller.userId,
    action,
    subjectKind: 'instrument',
    subjectId: instrument.id,
    requestId,
    ip,
    details: { private: ownerId !== null, ...(ownerId === null ? { symbol, exchange } : {}), ...(fields === undefined ? {} : { fields }) },
  };
}
