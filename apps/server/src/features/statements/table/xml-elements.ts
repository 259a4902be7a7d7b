/** The elements of an XML file with their attributes and lines. Text between them, and their nesting, say nothing in statements. */
import { SaxesParser } from 'saxes';
import { StatementError } from '../statement-row.ts';
import { STATEMENT_LIMITS } from '../statement-text.ts';
import type { Cells, CellStyle } from './cells.ts';
import { cellsOf } from './cells.ts';
import { headerOf } from './header.ts';

export interface XmlElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Throws `StatementError` for what is no well-formed XML, brings a document type (entities could be anything), or is too much. */
export function readXmlElements(text: string): readonly XmlElement[] {
  const elements: XmlElement[] = [];
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
  let line = 1;
  parser.on('error', (error) => {
    throw new StatementError(
      `The file is no readable XML: ${error.message.replace(/^\d+:\d+: /, `line ${parser.line}: `)} Download it again.`,
    );
  });
  parser.on('doctype', () => {
    throw new StatementError('The file has a document type, which no statement needs. It is not read.');
  });
  parser.on('opentagstart', () => {
    line = parser.line;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const long = Object.values(attributes).some((value) => value.length > STATEMENT_LIMITS.cellCharacters);
    if (long || Object.keys(attributes).length > STATEMENT_LIMITS.columns)
      throw new StatementError(`Line ${line}: the element ${name.slice(0, 40)} has too many or too long attributes.`);
    elements.push({ name, line, attributes });
    if (elements.length > STATEMENT_LIMITS.rows)
      throw new StatementError(`The file has more than ${STATEMENT_LIMITS.rows} elements. Export a shorter period.`);
  });
  parser.write(text).close();
  return elements;
}

/** The attributes of an element, read like the cells of a row. */
export function cellsOfElement({ line, attributes }: XmlElement, style: CellStyle): Cells {
  const names = Object.keys(attributes);
  return cellsOf({ line, cells: names.map((name) => attributes[name] ?? '') }, headerOf({ line, cells: names }, 0), style);
}
