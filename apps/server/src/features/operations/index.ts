/** What whoever runs the server asks it: is it well, what does it offer, what are its figures. */
export { bindOperationsRoutes } from './operations-routes.ts';
export type { OperationsNeeds } from './operations-routes.ts';
