/** The sentences of alerts. */
import type { AlertCondition } from '@holdfast/contract/alerts';
import type { Locale } from '../notifications/index.ts';
import type { AlertParameters } from './alert.ts';

/** Figures as they are shown in the language of the reader. */
export interface ToldFigures {
  readonly symbol: string;
  readonly portfolio: string;
  readonly currency: string;
  readonly value: string;
  readonly level: string;
  readonly before: string | null;
  readonly price: string | null;
  readonly isRise: boolean;
  readonly parameters: AlertParameters;
}

interface TellWords {
  readonly titles: Readonly<Record<AlertCondition, (figures: ToldFigures) => string>>;
  readonly before: (figures: ToldFigures) => string;
  readonly storm: string;
  readonly note: (note: string) => string;
}

const riseEn = ({ symbol, level }: ToldFigures): string => `${symbol} rose to ${level} or above`;
const fallEn = ({ symbol, level }: ToldFigures): string => `${symbol} fell to ${level} or below`;
const riseDe = ({ symbol, level }: ToldFigures): string => `${symbol} ist auf ${level} oder mehr gestiegen`;
const fallDe = ({ symbol, level }: ToldFigures): string => `${symbol} ist auf ${level} oder weniger gefallen`;

export const TELL_WORDS: Readonly<Record<Locale, TellWords>> = {
  en: {
    titles: {
      priceAbove: riseEn,
      priceBelow: fallEn,
      crosses: (figures) => (figures.isRise ? riseEn(figures) : fallEn(figures)),
      crossesUp: riseEn,
      crossesDown: fallEn,
      percentChange: ({ symbol, value, parameters }) =>
        `${symbol} moved by ${value}${parameters.window === undefined ? '' : ` in ${parameters.window}`}`,
      volumeAbove: ({ symbol, level }) => `${symbol} has traded ${level} or more today`,
      averageCross: ({ symbol, isRise, parameters }) =>
        `${symbol} closed ${isRise ? 'above' : 'below'} its average of ${parameters.period ?? 0} bars`,
      rsiCross: ({ symbol, isRise, level }) => `The RSI of ${symbol} went ${isRise ? 'above' : 'below'} ${level}`,
      newHigh: ({ symbol, value }) => `${symbol} has a new high: ${value}`,
      newLow: ({ symbol, value }) => `${symbol} has a new low: ${value}`,
      marketMove: ({ symbol, value }) => `${symbol} moved significantly today: ${value}`,
      portfolioValueAbove: ({ portfolio, level }) => `${portfolio} is worth ${level} or more`,
      portfolioValueBelow: ({ portfolio, level }) => `${portfolio} is worth ${level} or less`,
      portfolioDayChange: ({ portfolio, value }) => `${portfolio} changed by ${value} today`,
      positionWeightAbove: ({ portfolio, symbol, level }) => `${symbol} makes up ${level} or more of ${portfolio}`,
      positionWeightBelow: ({ portfolio, symbol, level }) => `${symbol} makes up ${level} or less of ${portfolio}`,
    },
    before: ({ value, before, price }) => {
      const now = `It stands at ${value}${before === null ? '' : `, after ${before}`}.`;
      return price === null || price === value ? now : `${now} The price is ${price}.`;
    },
    storm: 'It fired more than 15 times in 3 minutes and has paused itself; start it again on its page.',
    note: (note) => `Your note: ${note}`,
  },
  de: {
    titles: {
      priceAbove: riseDe,
      priceBelow: fallDe,
      crosses: (figures) => (figures.isRise ? riseDe(figures) : fallDe(figures)),
      crossesUp: riseDe,
      crossesDown: fallDe,
      percentChange: ({ symbol, value, parameters }) =>
        `${symbol} hat sich${parameters.window === undefined ? '' : ` in ${parameters.window}`} um ${value} bewegt`,
      volumeAbove: ({ symbol, level }) => `Von ${symbol} wurden heute ${level} oder mehr gehandelt`,
      averageCross: ({ symbol, isRise, parameters }) =>
        `${symbol} schloss ${isRise ? 'über' : 'unter'} dem Durchschnitt von ${parameters.period ?? 0} Balken`,
      rsiCross: ({ symbol, isRise, level }) => `Der RSI von ${symbol} liegt jetzt ${isRise ? 'über' : 'unter'} ${level}`,
      newHigh: ({ symbol, value }) => `${symbol} hat ein neues Hoch: ${value}`,
      newLow: ({ symbol, value }) => `${symbol} hat ein neues Tief: ${value}`,
      marketMove: ({ symbol, value }) => `${symbol} hat sich heute deutlich bewegt: ${value}`,
      portfolioValueAbove: ({ portfolio, level }) => `${portfolio} ist ${level} oder mehr wert`,
      portfolioValueBelow: ({ portfolio, level }) => `${portfolio} ist ${level} oder weniger wert`,
      portfolioDayChange: ({ portfolio, value }) => `${portfolio} hat sich heute um ${value} verändert`,
      positionWeightAbove: ({ portfolio, symbol, level }) => `${symbol} macht ${level} oder mehr von ${portfolio} aus`,
      positionWeightBelow: ({ portfolio, symbol, level }) => `${symbol} macht ${level} oder weniger von ${portfolio} aus`,
    },
    before: ({ value, before, price }) => {
      const now = `Jetzt: ${value}${before === null ? '' : `, zuvor: ${before}`}.`;
      return price === null || price === value ? now : `${now} Der Kurs ist ${price}.`;
    },
    storm: 'Der Alarm hat in 3 Minuten mehr als 15-mal ausgelöst und pausiert nun; auf seiner Seite startest du ihn wieder.',
    note: (note) => `Deine Notiz: ${note}`,
  },
};
