/** Every format, and which of them a file is in. */
import { StatementError } from '../statement-row.ts';
import { degiroTransactions } from './degiro-transactions.ts';
import { degiro } from './degiro.ts';
import { fidelity } from './fidelity.ts';
import type { StatementFile, StatementFormat, StatementFormatId } from './format.ts';
import { generic } from './generic.ts';
import { ghostfolioCsv } from './ghostfolio-csv.ts';
import { ghostfolioJson } from './ghostfolio-json.ts';
import { interactiveBrokersActivity } from './interactive-brokers-activity.ts';
import { interactiveBrokersFlexCsv } from './interactive-brokers-flex-csv.ts';
import { interactiveBrokersFlex } from './interactive-brokers-flex.ts';
import { portfolioPerformance } from './portfolio-performance.ts';
import { schwab } from './schwab.ts';
import { sharesight } from './sharesight.ts';
import { trading212 } from './trading-212.ts';
import { yahooFinance } from './yahoo-finance.ts';

export const ALL_FORMATS: readonly StatementFormat[] = [
  ghostfolioJson,
  ghostfolioCsv,
  portfolioPerformance,
  interactiveBrokersFlex,
  interactiveBrokersFlexCsv,
  interactiveBrokersActivity,
  schwab,
  fidelity,
  degiro,
  degiroTransactions,
  trading212,
  sharesight,
  yahooFinance,
  generic,
];

export function formatById(id: StatementFormatId): StatementFormat {
  const found = ALL_FORMATS.find((format) => format.id === id);
  if (found === undefined) throw new Error(`There is no format ${id}.`);
  return found;
}

/** The one that fits best. Throws `StatementError`, naming those that are known, where none does. */
export function recogniseFormat(file: StatementFile): StatementFormat {
  const scored = ALL_FORMATS.map((format) => ({ format, score: format.recognise(file) }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  if (best.score > 0) return best.format;
  const titles = ALL_FORMATS.filter(({ id }) => id !== 'generic').map(({ title }) => title);
  throw new StatementError(
    `The file is in no format that is known: ${titles.join(', ')}. Of a CSV with a header, say in \`mapping\` which column is which.`,
  );
}
