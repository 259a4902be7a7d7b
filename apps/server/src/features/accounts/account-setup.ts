import type { AdministratorAccount, AdministratorOutcome } from './make-administrator.ts';
import type { DemonstrationStep, DemonstrationLogin } from './seed-demonstration.ts';

/** What start and the command line do with accounts. */
export interface AccountSetup {
  /** Does nothing when there is an active administrator. */
  ensureFirstAdministrator(account: AdministratorAccount): Promise<AdministratorOutcome>;
  makeAdministrator(account: AdministratorAccount): Promise<'created' | 'promoted'>;
  /** Makes the demonstration account once; answers how to sign in to it. */
  seedDemonstration(steps: readonly DemonstrationStep[]): Promise<DemonstrationLogin>;
}
