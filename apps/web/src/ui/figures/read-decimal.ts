/**
 * Reads what a person typed or pasted: the language's decimal mark, with or without thousands separators, spaces and a sign.
 * Answers plain decimal text, or null when it is not one number. "1.234,50" in German and "1,234.50" in English are both "1234.50".
 */
export function readDecimal(typed: string, locale: string): string | null {
  const { decimal, group } = marksOf(locale);
  const text = typed
    .trim()
    .replaceAll('\u2212', '-')
    .replaceAll(/[\s\u00A0\u202F'’]/g, '');
  if (text === '') return null;
  const sign = /^[+-]/.test(text) ? text.slice(0, 1) : '';
  const unsigned = text.slice(sign.length);
  const plain = plainOf(unsigned, decimal, group);
  if (plain === null) return null;
  return (sign === '-' ? '-' : '') + plain;
}

function marksOf(locale: string): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(12345.6);
  return {
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    group: parts.find((part) => part.type === 'group')?.value ?? ',',
  };
}

function plainOf(text: string, decimal: string, group: string): string | null {
  const [whole = '', fraction, ...more] = text.split(decimal);
  if (more.length > 0) return null;
  const ungrouped = wholeOf(whole, group);
  if (ungrouped !== null && (fraction === undefined || /^\d*$/.test(fraction)) && ungrouped + (fraction ?? '') !== '') {
    const digits = ungrouped.replace(/^0+(?=\d)/, '');
    return fraction === undefined || fraction === '' ? digits : `${digits === '' ? '0' : digits}.${fraction}`;
  }
  // A point typed where the language writes a comma ("12.5" in German) is a decimal mark when it cannot separate thousands.
  if (fraction === undefined && group === '.' && /^\d*\.\d+$/.test(text)) return text.startsWith('.') ? `0${text}` : text;
  return null;
}

/** Thousands separators only where they belong: 1,234 but not 12,34. */
function wholeOf(whole: string, group: string): string | null {
  if (/^\d*$/.test(whole)) return whole;
  const groups = whole.split(group);
  const wellGrouped = groups.every((digits, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(digits));
  return wellGrouped ? groups.join('') : null;
}

/** Plain decimal text as the language writes it, without thousands separators, for an input. */
export function writeDecimal(plain: string, locale: string): string {
  return plain.replace('.', marksOf(locale).decimal);
}
