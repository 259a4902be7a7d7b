/** What owners are told of their margin. */
import { formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { MarginFigures, MarginStanding } from '@holdfast/engine/portfolio';
import type { Locale, NewNotification, NotificationText } from '../notifications/index.ts';

export interface ToldMargin {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly baseCurrency: string;
  readonly figures: MarginFigures;
  /** Counts the lines that the portfolio has passed: each is told once. */
  readonly crossing: number;
}

export function marginNotification(told: ToldMargin, line: keyof MarginStanding): NewNotification {
  const text = line === 'belowMaintenance' ? maintenanceText : creditText;
  return {
    userId: told.userId,
    kind: 'margin',
    severity: line === 'belowMaintenance' ? 'critical' : 'warning',
    text: { en: text('en', told), de: text('de', told) },
    link: `/portfolios/${told.id}`,
    dedupeKey: `margin:${told.id}:${told.crossing}`,
  };
}

function maintenanceText(locale: Locale, { name, baseCurrency, figures }: ToldMargin): NotificationText {
  const [equity, exposure] = [money(locale, figures.equity, baseCurrency), money(locale, figures.exposure, baseCurrency)];
  return locale === 'de'
    ? {
        title: `${name}: zu wenig Eigenkapital`,
        body: `${equity} tragen Positionen von ${exposure}; ein Viertel davon sollte es sein. Zahle ein oder verkaufe etwas.`,
      }
    : {
        title: `${name}: too little equity`,
        body: `${equity} carry positions of ${exposure}; it should be a quarter of them. Deposit cash or sell something.`,
      };
}

function creditText(locale: Locale, { name, baseCurrency, figures }: ToldMargin): NotificationText {
  const [left, limit] = [money(locale, figures.freeCash, baseCurrency), money(locale, figures.creditLimit, baseCurrency)];
  return locale === 'de'
    ? {
        title: `${name}: der Kredit ist fast ausgeschöpft`,
        body: `Von ${limit} sind noch ${left} frei. Käufe darüber hinaus werden abgelehnt.`,
      }
    : { title: `${name}: the credit is nearly used up`, body: `Of ${limit}, ${left} are left. Purchases beyond that are refused.` };
}

function money(locale: Locale, amount: Decimal, currency: string): string {
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${format.format(formatDecimal(amount) as Intl.StringNumericLiteral)} ${currency}`;
}
