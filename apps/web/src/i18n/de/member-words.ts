import { admin } from './admin.ts';
import { alerts } from './alerts.ts';
import { analysis } from './analysis.ts';
import { conditional } from './conditional.ts';
import { documents } from './documents.ts';
import { exports } from './exports.ts';
import { methods } from './methods.ts';
import { notifications } from './notifications.ts';
import { portfolios } from './portfolios.ts';
import { records } from './records.ts';
import { statements } from './statements.ts';
import { security } from './security.ts';
import { targets } from './targets.ts';
import { trading } from './trading.ts';
import { watchlists } from './watchlists.ts';

/** What the pages behind the sign-in add. */
export const memberWords = {
  ...portfolios,
  ...trading,
  ...conditional,
  ...watchlists,
  ...alerts,
  ...records,
  ...documents,
  ...exports,
  ...admin,
  ...methods,
  ...analysis,
  ...targets,
  ...statements,
  ...security,
  ...notifications,
};
