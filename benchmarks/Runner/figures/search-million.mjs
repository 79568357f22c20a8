// The search figure with a million memories.
export { measure } from './search.mjs';
