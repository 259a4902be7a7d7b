/** Requests to servers that users name, and which of them may be reached at all. */
export { createOutside } from './send-outside.ts';
export type { Outside, OutsideAnswer, OutsideRequest } from './send-outside.ts';
