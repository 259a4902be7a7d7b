/** What users are told of work that has ended, and of dividends on their way. */
import { priceText, quantityText } from './figure-text.ts';
import type { ComingDividend, FinishedImport, FinishedReport } from './finished-work-store.ts';
import type { NewNotification } from './notification.ts';

export function importNotification({
  id,
  userId,
  kind,
  fileName,
  isDone,
  rowsStored,
  rowsRejected,
  detail,
  portfolioId,
}: FinishedImport): NewNotification {
  const [stored, rejected] = [String(rowsStored), String(rowsRejected)];
  return {
    userId,
    kind: 'import',
    severity: isDone ? 'info' : 'warning',
    text: isDone
      ? {
          en: {
            title: `${fileName} is imported`,
            body: `Rows stored: ${quantityText('en', stored)}. Rows left out: ${quantityText('en', rejected)}.`,
          },
          de: {
            title: `${fileName} ist importiert`,
            body: `Gespeicherte Zeilen: ${quantityText('de', stored)}. Ausgelassene Zeilen: ${quantityText('de', rejected)}.`,
          },
        }
      : {
          en: { title: `${fileName} could not be imported`, body: detail ?? '' },
          de: { title: `${fileName} konnte nicht importiert werden`, body: detail ?? '' },
        },
    link: kind === 'ticks' ? `/imports?id=${id}` : portfolioId === null ? '/portfolios' : `/portfolios/${portfolioId}/transactions`,
    dedupeKey: `import:${id}`,
  };
}

export function reportNotification({ id, userId, portfolioId, portfolioName, fileName, isDone, detail }: FinishedReport): NewNotification {
  return {
    userId,
    kind: 'report',
    severity: isDone ? 'info' : 'warning',
    text: isDone
      ? {
          en: { title: `The report ${fileName ?? ''} is ready`, body: `A report of ${portfolioName}. It is kept for 7 days.` },
          de: { title: `Der Bericht ${fileName ?? ''} ist fertig`, body: `Ein Bericht über ${portfolioName}. Er bleibt 7 Tage liegen.` },
        }
      : {
          en: { title: `A report of ${portfolioName} could not be made`, body: detail ?? '' },
          de: { title: `Ein Bericht über ${portfolioName} konnte nicht erstellt werden`, body: detail ?? '' },
        },
    link: `/portfolios/${portfolioId}/reports`,
    dedupeKey: `report:${id}`,
  };
}

export function dividendNotification(dividend: ComingDividend): NewNotification {
  const { actionId, userId, portfolioId, portfolioName, symbol, exOn, payOn, perShare, quantity, amount, currency } = dividend;
  return {
    userId,
    kind: 'dividend',
    text: {
      en: {
        title: `${symbol} pays ${priceText('en', perShare, currency)} a share`,
        body: `Ex day ${exOn}${payOn === null ? '' : `, paid ${payOn}`}. ${quantityText('en', quantity)} shares in ${portfolioName} make ${priceText('en', amount, currency)} before taxes.`,
      },
      de: {
        title: `${symbol} zahlt ${priceText('de', perShare, currency)} je Anteil`,
        body: `Ex-Tag ${exOn}${payOn === null ? '' : `, Zahltag ${payOn}`}. ${quantityText('de', quantity)} Anteile in ${portfolioName} ergeben ${priceText('de', amount, currency)} vor Steuern.`,
      },
    },
    link: `/portfolios/${portfolioId}/income`,
    dedupeKey: `dividend:${actionId}:${portfolioId}`,
  };
}
