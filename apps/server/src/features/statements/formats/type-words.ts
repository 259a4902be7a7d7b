/** The words that files use for what happened, in several languages. */
import type { TransactionType } from '@holdfast/engine/ledger';
import { plainName } from '../table/header.ts';

/** Plain names, by type. */
const WORDS: readonly (readonly [type: TransactionType, words: string])[] = [
  ['buy', 'buy b bought purchase bot kauf achat compra acquisto koop reinvest reinvestment'],
  ['sell', 'sell s sold sale sld verkauf vente venta vendita verkoop'],
  ['deposit', 'deposit cashin contribution topup einlage einzahlung depot versement ingreso storting'],
  ['withdrawal', 'withdrawal withdraw cashout removal entnahme auszahlung retrait retirada opname'],
  ['dividend', 'dividend dividends div dividende dividendo distribution ausschuttung coupon'],
  ['interest', 'interest zinsen interets intereses rente cashgain'],
  ['fee', 'fee fees commission charge gebuhr gebuhren frais comision kosten'],
  ['tax', 'tax taxes withholding withholdingtax steuer steuern impot impuesto belasting'],
  ['split', 'split stocksplit stockassplit aktiensplit'],
  ['transferIn', 'transferin deliveryinbound transferinbound einlieferung sharesin openingbalance'],
  ['transferOut', 'transferout deliveryoutbound transferoutbound auslieferung sharesout'],
  ['exchange', 'exchange fx forex conversion currencyconversion cashconvert wahrungswechsel'],
  ['returnOfCapital', 'returnofcapital capitalreturn roc'],
];

const BY_WORD: ReadonlyMap<string, TransactionType> = new Map(
  WORDS.flatMap(([type, words]) => words.split(' ').map((word) => [word, type] as const)),
);

/** Null for a word that is not known. */
export function typeOfWord(word: string): TransactionType | null {
  return BY_WORD.get(plainName(word)) ?? null;
}
