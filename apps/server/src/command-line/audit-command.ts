import type { AuditTotals, BarDifference, Difference } from '../features/rebuild/index.ts';
import { isId } from '../platform/ids.ts';
import type { Command } from './command.ts';

const USE = 'Use: npm run audit [-- [--portfolio ID] [--json]]';

/** `audit`: rebuilds every derived figure from its facts. Ends with 0 when all is as stored, 1 when something differs. */
export const auditCommand: Command = {
  summary: 'audit [--portfolio ID] [--json]   rebuilds every derived figure from its facts and names each difference',
  run: async (words, { app, terminal }) => {
    const asked = readWords(words);
    if (asked === null) {
      terminal.print(USE);
      return 2;
    }
    const { portfolioId, json } = asked;
    const tell = (difference: Difference | BarDifference) => terminal.print(json ? JSON.stringify(difference) : differenceLine(difference));
    const totals = await app.trading.audit({
      portfolioId,
      onDifference: tell,
      onProgress: (soFar) => terminal.redraw?.(progressLine(soFar)),
    });
    if (portfolioId !== null && totals.portfolios === 0) {
      terminal.print(`There is no portfolio ${portfolioId}.`);
      return 2;
    }
    let oddBars = 0;
    const onOddBar = (difference: BarDifference): void => {
      oddBars += 1;
      tell(difference);
    };
    const tickDays = portfolioId === null ? await app.trading.auditBars(onOddBar) : 0;
    const { portfolios, transactions } = totals;
    const differences = totals.differences + oddBars;
    terminal.print(
      json ? JSON.stringify({ portfolios, transactions, tickDays, differences }) : totalLine({ ...totals, differences }, tickDays),
    );
    return differences === 0 ? 0 : 1;
  },
};

interface Asked {
  readonly portfolioId: string | null;
  readonly json: boolean;
}

function readWords(words: readonly string[]): Asked | null {
  let asked: Asked = { portfolioId: null, json: false };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--json') asked = { ...asked, json: true };
    else if (word === '--portfolio') asked = { ...asked, portfolioId: words[(index += 1)] ?? '' };
    else if (word.startsWith('--portfolio=')) asked = { ...asked, portfolioId: word.slice('--portfolio='.length) };
    else return null;
  }
  return asked.portfolioId === null || isId(asked.portfolioId) ? asked : null;
}

function differenceLine(difference: Difference | BarDifference): string {
  const of = 'symbol' in difference ? `instrument ${difference.symbol}` : `portfolio ${difference.portfolioId}`;
  return `${of}: ${difference.what}: stored ${difference.stored}, rebuilt ${difference.rebuilt}`;
}

/** "120 of 400 portfolios, 1,234,567 transactions, no difference". */
export function progressLine({ portfolios, of, transactions, differences }: AuditTotals): string {
  return `${figure(portfolios)} of ${figure(of)} portfolios, ${figure(transactions)} transactions, ${countOf(differences)}`;
}

function totalLine({ portfolios, transactions, differences }: AuditTotals, tickDays: number): string {
  const of = `${figure(portfolios)} ${portfolios === 1 ? 'portfolio' : 'portfolios'}`;
  const from = `${figure(transactions)} ${transactions === 1 ? 'transaction' : 'transactions'}`;
  const bars = tickDays === 0 ? '' : `, bars of ${figure(tickDays)} ${tickDays === 1 ? 'day' : 'days'} from ticks`;
  return `${of} rebuilt from ${from}${bars}: ${countOf(differences)}.`;
}

function countOf(differences: number): string {
  return differences === 0 ? 'no difference' : `${figure(differences)} ${differences === 1 ? 'difference' : 'differences'}`;
}

function figure(count: number): string {
  return count.toLocaleString('en-US');
}
