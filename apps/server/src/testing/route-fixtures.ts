/**
 * For each route that takes an id: how a user comes to own what the id names. The walk over routes asks for it as somebody else
 * and must get 404, so a route without a row here is red.
 */
import { newId } from '../platform/ids.ts';
import type { TestUser } from './builders.ts';
import type { TestApp } from './test-app.ts';
import type { TestAnswer } from './test-client.ts';

export interface RouteFixture {
  /** What belongs into the path. */
  readonly params: Readonly<Record<string, string>>;
  /** In place of the contract's example, where that would be refused for another reason. */
  readonly body?: object;
  /** In place of a body: a form with the boundary `b`. */
  readonly form?: string;
}

type MakeFixture = (app: TestApp, owner: TestUser) => Promise<RouteFixture>;

/** The id of what was made; throws when it was not. */
function idOf(answer: TestAnswer): string {
  if (answer.status >= 300) throw new Error(`A fixture could not be made: ${answer.status} ${answer.text}`);
  return answer.as<{ readonly id: string }>().id;
}

const session: MakeFixture = async (app, owner) => {
  const { items } = (await app.as(owner).get('me/sessions')).as<{ items: { id: string }[] }>();
  return { params: { id: items[0]?.id ?? '' } };
};

const portfolio =
  (kind: 'paper' | 'tracked', body?: object): MakeFixture =>
  async (app, owner) => {
    const made = await app.as(owner).post('portfolios', { name: `Mine, ${kind}`, kind, baseCurrency: 'USD' });
    return { params: { id: idOf(made) }, ...(body === undefined ? {} : { body }) };
  };

const order: MakeFixture = async (app, owner) => {
  const { params } = await portfolio('paper')(app, owner);
  const wish = { symbol: 'AAPL', side: 'buy', type: 'limit', quantity: '1', limitPrice: '1', timeInForce: 'gtc' };
  const placed = await app.as(owner).post(`portfolios/${params['id'] ?? ''}/orders`, wish);
  return { params: { ...params, orderId: idOf(placed) } };
};

const transaction: MakeFixture = async (app, owner) => {
  const { params } = await portfolio('tracked')(app, owner);
  const fact = { type: 'buy', symbol: 'AAPL', quantity: '10', price: '200', tradedAt: '2026-01-02T12:00:00.000Z' };
  const recorded = await app.as(owner).post(`portfolios/${params['id'] ?? ''}/transactions`, fact);
  return { params: { ...params, transactionId: idOf(recorded) } };
};

const qualityIssue: MakeFixture = async (app, owner) => {
  const { params } = await transaction(app, owner);
  const path = `portfolios/${params['id'] ?? ''}`;
  const fact = { type: 'buy', symbol: 'AAPL', quantity: '10', price: '200', tradedAt: '2026-01-02T12:00:00.000Z' };
  await app.as(owner).post(`${path}/transactions`, fact);
  const { items } = (await app.as(owner).get(`${path}/quality-issues?check=duplicate`)).as<{ items: { id: string }[] }>();
  return { params: { id: params['id'] ?? '', issueId: items[0]?.id ?? '' } };
};

const heldPosition: MakeFixture = async (app, owner) => {
  const { params } = await transaction(app, owner);
  return { params: { id: params['id'] ?? '', symbol: 'AAPL' } };
};

const privateInstrument: MakeFixture = async (app, owner) => {
  const symbol = 'MINE';
  const made = await app.as(owner).post('instruments', { symbol, name: 'A house', assetClass: 'other', currency: 'USD' });
  idOf(made);
  return { params: { symbol } };
};

const privateStock: MakeFixture = async (app, owner) => {
  await privateInstrument(app, owner);
  return { params: { id: idOf(await app.as(owner).get('instruments/MINE')) } };
};

const corporateAction: MakeFixture = async (app, owner) => {
  const { params } = await privateInstrument(app, owner);
  const split = { kind: 'split', exOn: '2025-06-02', newShares: '2', oldShares: '1' };
  return { params: { ...params, actionId: idOf(await app.as(owner).post('instruments/MINE/actions', split)) } };
};

const bond: MakeFixture = async (app, owner) => {
  const symbol = 'MYBOND';
  idOf(await app.as(owner).post('instruments', { symbol, name: 'A bond', assetClass: 'bond', currency: 'USD' }));
  const terms = { faceValue: '1000', couponRate: '0.05', frequency: 'yearly', dayCount: '30/360', maturesOn: '2030-03-01' };
  await app.as(owner).put(`instruments/${symbol}/bond-terms`, terms);
  return { params: { symbol } };
};

const pricedInstrument: MakeFixture = async (app, owner) => {
  const fixture = await privateInstrument(app, owner);
  await app.as(owner).put('instruments/MINE/prices', { prices: [{ day: '2026-01-05', price: '250000' }] });
  return fixture;
};

const stockPosition: MakeFixture = async (app, owner) => {
  const added = await app.as(owner).post('/portfolio/positions', { stock_symbol: 'AAPL', quantity: 10, purchase_price: 150 });
  return { params: { id: idOf(added) } };
};

const watchlist: MakeFixture = async (app, owner) => ({
  params: { id: idOf(await app.as(owner).post('watchlists', { name: 'Mine' })) },
});

// The standard plan has no room for the copy.
const copiedWatchlist: MakeFixture = async (app, owner) => {
  const fixture = await watchlist(app, owner);
  await app.db.updateTable('users').set({ role: 'premium' }).where('id', '=', owner.id).execute();
  return fixture;
};

const watchedItem: MakeFixture = async (app, owner) => {
  const { params } = await watchlist(app, owner);
  await app.as(owner).post(`watchlists/${params['id'] ?? ''}/items`, { items: [{ symbol: 'AAPL' }] });
  return { params: { ...params, symbol: 'AAPL' } };
};

const stockAlert: MakeFixture = async (app, owner) => ({
  params: { id: idOf(await app.as(owner).post('alerts', { condition: 'priceAbove', symbol: 'AAPL', threshold: '900' })) },
});

const tickImport: MakeFixture = async (app, owner) => {
  const id = newId(app.clock.now());
  const row = { id, kind: 'ticks', user_id: owner.id, file_name: 'ticks.csv', file_hash: Buffer.from(id), byte_count: 1, status: 'done' };
  await app.db
    .insertInto('imports')
    .values({ ...row, created_at: new Date(app.clock.now()) })
    .execute();
  return { params: { id } };
};

const report: MakeFixture = async (app, owner) => {
  const { params } = await portfolio('tracked')(app, owner);
  const id = newId(app.clock.now());
  const made = { id, user_id: owner.id, portfolio_id: params['id'] ?? '', kind: 'holdings', format: 'csv', status: 'done' };
  const file = { file_name: 'holdings.csv', byte_count: 1, created_at: new Date(app.clock.now()) };
  await app.db
    .insertInto('reports')
    .values({ ...made, ...file })
    .execute();
  await app.db
    .insertInto('report_chunks')
    .values({ report_id: id, number: 1, bytes: Buffer.from('x') })
    .execute();
  return { params: { id } };
};

const accountExport: MakeFixture = async (app, owner) => {
  const id = newId(app.clock.now());
  const made = { id, user_id: owner.id, status: 'done', file_name: 'mine.zip', byte_count: 1, created_at: new Date(app.clock.now()) };
  await app.db.insertInto('exports').values(made).execute();
  await app.db
    .insertInto('export_chunks')
    .values({ export_id: id, number: 1, bytes: Buffer.from('x') })
    .execute();
  return { params: { id } };
};

const DOCUMENT_FORM = '--b\r\ncontent-disposition: form-data; name="file"; filename="mine.txt"\r\n\r\nA paper of mine.\r\n--b--\r\n';

const document: MakeFixture = async (app, owner) => {
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  return { params: { id: idOf(await app.as(owner).post('documents', undefined, { payload: DOCUMENT_FORM, headers })) } };
};

const documentToRenew: MakeFixture = async (app, owner) => ({ ...(await document(app, owner)), form: DOCUMENT_FORM });

const apiKey: MakeFixture = async (app, owner) => ({
  params: { id: idOf(await app.as(owner).post('me/api-keys', { name: 'Mine', scopes: ['read'] })) },
});

const passkey: MakeFixture = async (app, owner) => {
  const id = newId(app.clock.now());
  const row = { id, user_id: owner.id, credential_id: id, public_key: Buffer.from('x'), counter: 0, name: 'Mine', backed_up: false };
  await app.db
    .insertInto('passkeys')
    .values({ ...row, created_at: new Date(app.clock.now()) })
    .execute();
  return { params: { id } };
};

const passkeyToRemove: MakeFixture = async (app, owner) => ({ ...(await passkey(app, owner)), body: { password: owner.password } });

const alert: MakeFixture = async (app, owner) => {
  const made = await app.as(owner).post('alerts', { condition: 'priceAbove', symbol: 'AAPL', threshold: '1000000' });
  return { params: { id: idOf(made) } };
};

const deletedAlert: MakeFixture = async (app, owner) => {
  const fixture = await alert(app, owner);
  await app.as(owner).delete(`alerts/${fixture.params['id'] ?? ''}`);
  return fixture;
};

const STATEMENT = 'date,type,symbol,quantity,price,currency\n2025-01-06,buy,AAPL,10,230.10,USD\n';
const STATEMENT_FORM = `--b\r\ncontent-disposition: form-data; name="file"; filename="mine.csv"\r\n\r\n${STATEMENT}\r\n--b--\r\n`;

const statementPlace: MakeFixture = async (app, owner) => ({ ...(await portfolio('tracked')(app, owner)), form: STATEMENT_FORM });

const statement: MakeFixture = async (app, owner) => {
  const { params } = await portfolio('tracked')(app, owner);
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const looked = await app
    .as(owner)
    .post(`portfolios/${params['id'] ?? ''}/imports?dryRun=true`, undefined, { payload: STATEMENT_FORM, headers });
  return { params: { id: idOf(looked) }, body: {} };
};

const webhook: MakeFixture = async (app, owner) => {
  const made = await app.as(owner).post('webhooks', { url: 'https://hooks.example.org/holdfast' });
  if (made.status !== 201) throw new Error(`A fixture could not be made: ${made.status} ${made.text}`);
  return { params: { id: made.as<{ webhook: { id: string } }>().webhook.id } };
};

const pushSubscription: MakeFixture = async (app, owner) => {
  const keys = { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: Buffer.alloc(16, 1).toString('base64url') };
  return { params: { id: idOf(await app.as(owner).post('push-subscriptions', { endpoint: 'https://push.example.org/a', keys })) } };
};

export const routeFixtures: Readonly<Record<string, MakeFixture>> = {
  revokeSession: session,
  getAlert: alert,
  changeAlert: alert,
  deleteAlert: alert,
  activateAlert: alert,
  deactivateAlert: alert,
  restoreAlert: deletedAlert,
  snoozeAlert: alert,
  listAlertEvents: alert,
  revokeApiKey: apiKey,
  renamePasskey: passkey,
  removePasskey: passkeyToRemove,
  getPortfolio: portfolio('paper'),
  changePortfolio: portfolio('paper'),
  deletePortfolio: portfolio('paper'),
  resetPortfolio: portfolio('paper'),
  clonePortfolio: portfolio('paper'),
  moveCash: portfolio('paper'),
  getPortfolioSummary: portfolio('paper'),
  placeOrder: portfolio('paper'),
  placeOrders: portfolio('paper'),
  previewOrder: portfolio('paper'),
  listOrders: portfolio('paper'),
  cancelOrders: portfolio('paper'),
  getOrder: order,
  listOrderEvents: order,
  cancelOrder: order,
  replaceOrder: order,
  listTransactions: portfolio('tracked'),
  recordTransaction: portfolio('tracked'),
  getTransaction: transaction,
  getTransactionHistory: transaction,
  correctTransaction: transaction,
  reverseTransaction: transaction,
  listPositions: portfolio('paper'),
  getAllocation: portfolio('paper'),
  getAllocationTargets: portfolio('tracked'),
  putAllocationTargets: portfolio('tracked'),
  getRebalancing: portfolio('tracked'),
  getBondTerms: bond,
  putBondTerms: bond,
  removeBondTerms: bond,
  listProposedTransactions: portfolio('tracked'),
  getPerformance: portfolio('tracked'),
  getRisk: portfolio('tracked'),
  getWhatIf: portfolio('tracked'),
  getRealizedGains: portfolio('tracked'),
  getIncome: portfolio('tracked'),
  getIncomeForecast: portfolio('tracked'),
  listSnapshots: portfolio('tracked'),
  listLots: heldPosition,
  explainFigure: portfolio('tracked'),
  updateInstrument: privateInstrument,
  deactivateInstrument: privateInstrument,
  putInstrumentPrices: privateInstrument,
  addCorporateAction: privateInstrument,
  removeCorporateAction: corporateAction,
  getStock: privateStock,
  listQualityIssues: portfolio('tracked'),
  fixQualityIssue: qualityIssue,
  getWatchlist: watchlist,
  changeWatchlist: watchlist,
  deleteWatchlist: watchlist,
  copyWatchlist: copiedWatchlist,
  listWatchlistItems: watchlist,
  addWatchlistItems: watchlist,
  getWatchlistItem: watchedItem,
  changeWatchlistItem: watchedItem,
  removeWatchlistItem: watchedItem,
  getStockWatchlist: watchlist,
  replaceStockWatchlist: watchlist,
  changeStockWatchlist: watchlist,
  deleteStockWatchlist: watchlist,
  listWatchedStocks: watchlist,
  addWatchedStock: watchlist,
  addWatchedStocks: watchlist,
  removeWatchedStock: watchedItem,
  getStockAlert: stockAlert,
  changeStockAlert: stockAlert,
  deleteStockAlert: stockAlert,
  activateStockAlert: stockAlert,
  deactivateStockAlert: stockAlert,
  getImport: tickImport,
  importStatement: statementPlace,
  getStatement: statement,
  confirmStatement: statement,
  getPortfolioReport: portfolio('tracked'),
  getReport: report,
  getReportContent: report,
  deleteReport: report,
  getExport: accountExport,
  getExportContent: accountExport,
  deleteExport: accountExport,
  addDocumentVersion: documentToRenew,
  getDocument: document,
  listDocumentVersions: document,
  getDocumentContent: document,
  changeDocument: document,
  deleteDocument: document,
  changeStockPosition: stockPosition,
  changeStockPositionV1: stockPosition,
  removeStockPosition: stockPosition,
  removeStockPositionV1: stockPosition,
  getStockPrice: pricedInstrument,
  getStockPriceV1: pricedInstrument,
  getWebhook: webhook,
  changeWebhook: webhook,
  deleteWebhook: webhook,
  rotateWebhookSecret: webhook,
  testWebhook: webhook,
  listWebhookDeliveries: webhook,
  removePushSubscription: pushSubscription,
};
