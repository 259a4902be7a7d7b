import type { Tx } from '../../platform/db/transact.ts';

/** What changed about how somebody signs in. */
export type SecurityEvent =
  | 'passwordChanged'
  | 'secondFactorOn'
  | 'secondFactorOff'
  | 'recoveryCodeUsed'
  | 'recoveryCodesRenewed'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'apiKeyCreated'
  | 'emailChanged'
  | 'newDevice';

/** Tells a user what happened to their account. It stands on accounts, so the app hands it in. */
export interface SecurityNotices {
  /** Within the transaction of the event. `subject` makes the event one of its kind, and `detail` says which key, passkey or device. */
  tell(tx: Tx, userId: string, event: { readonly kind: SecurityEvent; readonly subject: string; readonly detail?: string }): Promise<void>;
}
