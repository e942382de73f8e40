export { type DiskResponseStore, openResponseStore } from './open-response-store.ts';
