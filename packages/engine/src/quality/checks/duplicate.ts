import type { Check, Finding } from '../check.ts';
import type { QualityRecord } from '../record.ts';

/** The same thing recorded twice: same kind, instrument, figures and time. The second and later ones are named. */
export const duplicate: Check = {
  id: 'duplicate',
  severity: 'medium',
  advice: 'Remove one of them, unless you did trade the same twice.',
  find: ({ records, nameOf }) => {
    const first = new Map<string, QualityRecord>();
    const findings: Finding[] = [];
    for (const record of records) {
      const key = likenessOf(record);
      const earlier = first.get(key);
      if (earlier === undefined) {
        first.set(key, record);
        continue;
      }
      const description = `Possible duplicate for ${nameOf(record)}: it equals ${nameOf(earlier)} in every figure.`;
      findings.push({
        subject: record.id,
        recordId: record.id,
        at: record.tradedAt,
        description,
        fix: { kind: 'reverse', recordId: record.id },
      });
    }
    return findings;
  },
};

function likenessOf({ kind, symbol, exchange, currency, quantity, price, tradedAt }: QualityRecord): string {
  return [kind, symbol, exchange, currency, quantity, price, tradedAt].join(' ');
}
