/** How the columns of a CSV that no format knows are to be read, as its owner said it once. */
import type { TransactionType } from '@holdfast/engine/ledger';
import type { DecimalMark } from '../table/exact-number.ts';
import type { DayOrder } from '../table/written-day.ts';

export const MAPPED_FIELDS = [
  'date',
  'type',
  'symbol',
  'isin',
  'name',
  'quantity',
  'price',
  'amount',
  'currency',
  'fee',
  'tax',
  'counterAmount',
  'counterCurrency',
  'id',
  'note',
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

export interface ColumnMapping {
  /** Which column of the file, as its header calls it, has which field. */
  readonly columns: Readonly<Partial<Record<MappedField, string>>>;
  /** What the file's own words for types mean, where they are not common ones. */
  readonly types?: Readonly<Record<string, TransactionType>>;
  readonly dayOrder?: DayOrder;
  readonly decimalMark?: DecimalMark;
  /** Of all rows, where no column has it. */
  readonly currency?: string;
  /** IANA zone of the file's times. */
  readonly zone?: string;
}
