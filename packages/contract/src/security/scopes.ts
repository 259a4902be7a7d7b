import { OneOf } from '../shapes.ts';

/**
 * What an API key may be allowed: `read` looks, `trade` places, replaces and cancels orders, `write` changes everything else that the
 * user owns, `admin` does what only administrators may. None includes another.
 */
export const Scope = OneOf(['read', 'trade', 'write', 'admin'], {
  description: 'read: look. trade: place, replace and cancel orders. write: change what the user owns. admin: administer.',
});
