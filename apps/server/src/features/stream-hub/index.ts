/** The stream hub: everything that changes, to everybody who may hear it, over one socket each. */
export { openStreamHub } from './open-stream-hub.ts';
export type { OpenStreamHub, StreamHubNeeds } from './open-stream-hub.ts';
