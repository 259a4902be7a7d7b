import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { decodeStatement, STATEMENT_LIMITS } from './statement-text.ts';
import { readCsvTable } from './table/csv-table.ts';
import { readXmlElements } from './table/xml-elements.ts';

const TEXT = 'Größe;Zürich €\r\n1;2';

describe('the same text in any encoding', () => {
  const utf16 = Buffer.from(TEXT, 'utf16le');
  test.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16, little end first', utf16],
    ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16, big end first, with its mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
    ['UTF-16, big end first', Buffer.from(utf16).swap16()],
    // Windows-1252 writes the euro sign as 0x80, where Latin-1 has a control character.
    ['Windows-1252', Buffer.from(TEXT.replace('€', '\u0080'), 'latin1')],
  ])('%s', (_name, bytes) => {
    expect(decodeStatement(bytes)).toBe(TEXT);
  });
});

test.each([
  ['nothing', Buffer.alloc(0), 'The file is empty.'],
  ['blanks', Buffer.from(' \r\n\t'), 'The file is empty.'],
  ['a workbook', Buffer.from(zipSync({ 'xl/workbook.xml': Buffer.from('<x/>') })), 'Save the sheet as CSV'],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'an old Excel workbook'],
  ['a PDF', Buffer.from('%PDF-1.7\n'), 'is a PDF'],
  ['packed', Buffer.from([0x1f, 0x8b, 8]), 'packed by gzip'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'not text'],
  ['too much', Buffer.alloc(STATEMENT_LIMITS.bytes + 1, 'a'), 'Export a shorter period'],
])('%s is refused', (_name, bytes, reason) => {
  expect(() => decodeStatement(bytes)).toThrow(reason);
});

describe('tables', () => {
  test('records know the line they begin on, through quoted line ends and blank lines', () => {
    const table = readCsvTable('a,b\r\n\r\n"one\r\ntwo",2\r\n , \r\n"say ""hi""",  4 \r\n');
    expect(table.records).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['one\ntwo', '2'] },
      { line: 6, cells: ['say "hi"', '4'] },
    ]);
  });

  test.each([
    ['comma', 'a,b,c\n1,2,3', ','],
    ['semicolon, with decimal commas', 'a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5', ';'],
    ['tab', 'a\tb\tc\n1\t2,2\t3', '\t'],
    ['bar', 'a|b\n1|2', '|'],
  ])('the delimiter is found: %s', (_name, text, delimiter) => {
    expect(readCsvTable(text).delimiter).toBe(delimiter);
  });

  test.each([
    ['a million columns', `a,b\n${','.repeat(1_000_000)}`, /too long|columns/],
    ['201 columns', ','.repeat(200) + 'x', 'has 201 columns'],
    ['a long cell', `a,b\n${'x'.repeat(STATEMENT_LIMITS.cellCharacters + 1)},1`, 'Line 2, column 1, has more than 4096 characters'],
    ['too many rows', 'a,b\n'.repeat(STATEMENT_LIMITS.rows + 1), 'more than 20000 rows'],
    ['an open quotation mark', 'a,b\n1,"2\n3,4', 'never closed'],
  ])('%s', (_name, text, reason) => {
    expect(() => readCsvTable(text)).toThrow(reason);
  });
});

describe('XML', () => {
  test('elements with their lines', () => {
    expect(readXmlElements('<a>\n <b x="1 &amp; 2"\n  y="3"/>\n</a>')).toEqual([
      { name: 'a', line: 1, attributes: {} },
      { name: 'b', line: 2, attributes: { x: '1 & 2', y: '3' } },
    ]);
  });

  test.each([
    ['cut off', '<a><b x="1"/>', 'no readable XML'],
    ['an attribute without quotes', '<a>\n<b x=1/></a>', 'line 2'],
    ['entities that grow', '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>', 'document type'],
    ['an unknown entity', '<a b="&nbsp;"/>', 'no readable XML'],
    ['too many elements', `<a>${'<b/>'.repeat(STATEMENT_LIMITS.rows)}</a>`, 'more than 20000 elements'],
    ['a long attribute', `<a b="${'x'.repeat(5000)}"/>`, 'too many or too long'],
  ])('%s', (_name, text, reason) => {
    expect(() => readXmlElements(text)).toThrow(reason);
  });
});
