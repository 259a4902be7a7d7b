/** Why a portfolio is not archived or reset, although its open orders were canceled a moment ago. */
export const OPEN_ORDERS_LEFT = 'Orders were placed while the open ones were being canceled. Try again.';
