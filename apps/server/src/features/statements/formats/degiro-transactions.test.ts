import { formatDecimal } from '@holdfast/engine/money';
import { expect, test } from 'vitest';
import { recogniseFormat } from './all-formats.ts';
import { statementFile } from './format.ts';

const DUTCH = `Datum,Tijd,Product,ISIN,Beurs,Uitvoeringsplaats,Aantal,Koers,,Lokale waarde,,Waarde,,Wisselkoers,Transactiekosten en/of,,Totaal,,Order ID
05-01-2026,09:15,ASML HOLDING,NL0010273215,EAM,XAMS,2,"600,5000",EUR,"-1201,00",EUR,"-1201,00",EUR,,"-3,00",EUR,"-1204,00",EUR,11111111-1111-4111-8111-111111111111
06-01-2026,16:02,APPLE INC,US0378331005,NDQ,XNAS,-3,"220,1000",USD,"660,30",USD,"600,27",EUR,"1,1000","-2,00",EUR,"598,27",EUR,22222222-2222-4222-8222-222222222222
`;
const ENGLISH = `Date,Time,Product,ISIN,Reference exchange,Venue,Quantity,Price,,Local value,,Value EUR,Exchange rate,AutoFX Fee,Transaction and/or third party fees EUR,Total EUR,Order ID,
05-01-2026,09:15,ASML HOLDING,NL0010273215,EAM,XAMS,2,600.5000,EUR,-1201.00,EUR,-1201.00,,0.00,-3.00,-1204.00,,11111111-1111-4111-8111-111111111111
`;

function read(text: string) {
  const file = statementFile(text);
  const format = recogniseFormat(file);
  const { rows, problems } = format.read(file, null);
  const told = rows.map(({ line, type, isin, quantity, price, amount, currency, fee, tradedAt }) =>
    [
      line,
      type,
      isin,
      quantity === null ? null : formatDecimal(quantity),
      price === null ? null : formatDecimal(price),
      formatDecimal(amount),
      currency,
      formatDecimal(fee),
      tradedAt,
    ].join(' '),
  );
  return { format: format.id, told, problems };
}

test('trades with their currency beside them; a fee in another currency is a row of its own', () => {
  expect(read(DUTCH)).toEqual({
    format: 'degiro-transactions',
    told: [
      '2 buy NL0010273215 2 600.5 1201 EUR 3 2026-01-05T08:15:00.000Z',
      '3 sell US0378331005 3 220.1 660.3 USD 0 2026-01-06T15:02:00.000Z',
      '3 fee    2 EUR 0 2026-01-06T15:02:00.000Z',
    ],
    problems: [],
  });
});

test('newer files say the currency of the fee in the header', () => {
  expect(read(ENGLISH)).toEqual({
    format: 'degiro-transactions',
    told: ['2 buy NL0010273215 2 600.5 1201 EUR 3 2026-01-05T08:15:00.000Z'],
    problems: [],
  });
});

test('a row whose figures contradict each other, or that has none, is a problem of its line', () => {
  const { problems } = read(
    DUTCH.replace('"-1201,00",EUR,"-1201,00"', '"-1301,00",EUR,"-1201,00"').replace('-3,"220,1000"', ',"220,1000"'),
  );
  expect(problems.map(({ line, column }) => [line, column])).toEqual([
    [2, 'Lokale waarde'],
    [3, 'Aantal'],
  ]);
});
