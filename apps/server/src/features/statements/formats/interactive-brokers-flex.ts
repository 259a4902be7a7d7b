/** Flex queries of Interactive Brokers as XML. Which attributes a row has is its owner's choice when the query was made. */
import { StatementError } from '../statement-row.ts';
import type { Cells } from '../table/cells.ts';
import { createCollector } from '../table/collector.ts';
import { cellsOfElement, readXmlElements } from '../table/xml-elements.ts';
import type { StatementFormat } from './format.ts';
import { corporateAction, IBKR_STYLE, readCash, salesTax, tradeRows, transferRow } from './interactive-brokers.ts';

export const interactiveBrokersFlex: StatementFormat = {
  id: 'interactive-brokers-flex',
  title: 'Interactive Brokers (Flex query, XML)',
  recognise: ({ text }) => (/^\s*(<\?xml[^>]*>\s*)?<FlexQueryResponse\b/.test(text) ? 1 : 0),
  read({ text }) {
    const elements = readXmlElements(text);
    if (elements[0]?.name !== 'FlexQueryResponse') throw new StatementError('The file is no answer of a Flex query.');
    const of = (name: string): readonly Cells[] =>
      elements.filter((element) => element.name === name).map((element) => cellsOfElement(element, IBKR_STYLE));
    const collected = createCollector();
    const trades = of('Trade');
    const hasExecutions = trades.some((cells) => cells.text('levelOfDetail') === 'EXECUTION');
    for (const cells of trades) {
      const level = cells.text('levelOfDetail');
      if (level !== '' && level !== (hasExecutions ? 'EXECUTION' : 'ORDER'))
        collected.pass(cells.line, 'A sum or a closed lot of executions that stand in rows of their own.');
      else collected.read(cells.line, () => tradeRows(cells, null));
    }
    const bookings = of('CashTransaction').filter((cells) => {
      const isSum = cells.text('levelOfDetail') === 'SUMMARY';
      if (isSum) collected.pass(cells.line, 'A sum of bookings that stand in rows of their own.');
      return !isSum;
    });
    readCash(
      bookings.map((cells) => ({ cells, type: cells.text('type') })),
      collected,
    );
    const told = new Set<string>();
    for (const cells of of('CorporateAction')) {
      // A split that renames its instrument is told of the old one and of the new one.
      const event = `${cells.text('reportDate')} ${cells.text('description').replace(/\([^()]*\)$/, '')}`;
      if (told.has(event)) collected.pass(cells.line, 'The other half of the row before it.');
      else collected.read(cells.line, () => [corporateAction(cells)]);
      told.add(event);
    }
    for (const cells of of('SalesTax')) collected.read(cells.line, () => [salesTax(cells)]);
    for (const cells of of('Transfer')) collected.read(cells.line, () => [transferRow(cells)]);
    return collected.done();
  },
};
