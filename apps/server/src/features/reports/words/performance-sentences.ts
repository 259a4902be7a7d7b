/** How returns and risk figures are computed: in English the sentences that the API answers with, in other languages the same. */
import type { RETURN_SENTENCES, RISK_SENTENCES } from '../../performance/index.ts';
import type { Language } from './report-words.ts';

type Returns = 'timeWeighted' | 'annualized' | 'moneyWeighted' | 'simple' | 'roai' | 'drawdown';
type Risks = 'volatility' | 'sharpe' | 'sortino' | 'maxDrawdown' | 'valueAtRisk';
type Sentences = Readonly<Record<(Returns & keyof typeof RETURN_SENTENCES) | (Risks & keyof typeof RISK_SENTENCES), string>>;

const GERMAN: Sentences = {
  timeWeighted:
    'Renditen der Tage, durch Multiplikation verkettet: Zuflüsse am Anfang des Tages, Abflüsse an seinem Ende. Beurteilt, was gehalten wurde.',
  annualized: 'Die zeitgewichtete Rendite im Jahr, (1 + r)^(365 / Tage) - 1. Unter einem Jahr keine Angabe.',
  moneyWeighted:
    'Der Zins, bei dem alle Zahlungen und der Wert heute zusammen nichts wert sind (XIRR, ACT/365): im Jahr ab einem Jahr, darunter über die Spanne.',
  simple: 'Gewinn durch alles, was eingesetzt wurde: den Anfangswert und alle Zuflüsse.',
  roai: 'Gewinn durch das Mittel des Geldes, das an jedem Tag angelegt war.',
  drawdown: 'Rückgang vom bisher höchsten Stand des zeitgewichteten Index.',
  volatility: 'Standardabweichung (Stichprobe) der täglichen zeitgewichteten Renditen x sqrt(252).',
  sharpe: 'Mittlere tägliche Rendite über dem risikofreien Zins durch ihre Standardabweichung x sqrt(252).',
  sortino: 'Mittlere Jahresrendite über 0 durch die Abweichung nach unten.',
  maxDrawdown: 'Tiefster Rückgang des zeitgewichteten Index von einem Höchststand.',
  valueAtRisk: 'Historisch: der Tagesverlust, der an 5 % der Tage übertroffen wird (lineare Interpolation). Ein Verlust ist positiv.',
};

/** `given` are the API's own. */
export function performanceSentences(language: Language, given: Readonly<Record<string, string>>): Sentences {
  if (language === 'de') return GERMAN;
  const own = Object.keys(GERMAN).map((name) => [name, given[name] ?? '']);
  return Object.fromEntries(own) as Sentences;
}
