/** What every report begins with: whose it is, of what, of when. */
import { formatDay } from '@holdfast/engine/time';
import { figureText } from '../writers/figure-text.ts';
import { filled, languageOf, wordsIn } from '../words/report-words.ts';
import type { ReportWords } from '../words/report-words.ts';
import type { ReportDocument } from './report-document.ts';
import type { ReportHeading, ReportPeriod } from './report-input.ts';

export type DocumentHead = Omit<ReportDocument, 'figures' | 'charts' | 'tables' | 'methods'>;

export interface Headed {
  readonly head: DocumentHead;
  readonly words: ReportWords;
}

export function documentHead(heading: ReportHeading): Headed {
  const { language, locale } = languageOf(heading.locale);
  const words = wordsIn(language);
  const text = figureText(locale, heading.timeZone);
  const { kind, period, baseCurrency } = heading;
  const isTaxYear = kind === 'realized-gains' && period.year !== null;
  const title = isTaxYear ? filled(words.taxYear, { year: String(period.year) }) : words.titles[kind];
  const shownPeriod = kind === 'holdings' ? words.periodNow : periodText(period, words, text.day);
  const methods: Readonly<Record<string, string>> = words.costMethods;
  const facts = [
    { label: words.owner, text: heading.owner },
    { label: words.portfolio, text: heading.portfolioName },
    { label: words.period, text: shownPeriod },
    { label: words.asOf, text: `${text.instant(heading.asOf)} (${heading.timeZone})` },
    { label: words.currency, text: baseCurrency },
    { label: words.costMethod, text: methods[heading.costMethod] ?? heading.costMethod },
    { label: words.days, text: filled(words.daysIn, { zone: heading.portfolioZone }) },
  ];
  return {
    words,
    head: {
      kind,
      language,
      locale,
      timeZone: heading.timeZone,
      title,
      owner: heading.owner,
      portfolio: heading.portfolioName,
      isPaper: heading.isPaper,
      period: shownPeriod,
      asOf: heading.asOf,
      currency: baseCurrency,
      facts: heading.isPaper ? [...facts, { label: '', text: words.paper }] : facts,
    },
  };
}

function periodText({ from, to }: ReportPeriod, words: ReportWords, dayText: (day: string) => string): string {
  const shown = { from: from === null ? '' : dayText(formatDay(from)), to: to === null ? '' : dayText(formatDay(to)) };
  if (from !== null && to !== null) return filled(words.periodBetween, shown);
  if (from !== null) return filled(words.periodSince, shown);
  return to === null ? words.periodAll : filled(words.periodUntil, shown);
}
