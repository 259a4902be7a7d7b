import type { Asker } from './asker.ts';
import type { User } from './user.ts';

/** What accounts ask of the second factor. It stands on accounts, so the app hands it in. */
export interface SecondFactor {
  /**
   * Nothing for an account without one. Throws `second_factor_required` where no code was given, `invalid_credentials` for a code that is
   * wrong or was used, `rate_limited` after several.
   */
  check(user: User, code: string | undefined, asker: Asker): Promise<void>;
}

/** Devices that signed in before: strangers who guess at an account do not slow its owner there. */
export interface KnownDevices {
  /** Costs the same for nobody's account (null). */
  isKnown(userId: string | null, device: Device): Promise<boolean>;
}

export interface Device {
  readonly ip: string;
  readonly userAgent: string;
}
