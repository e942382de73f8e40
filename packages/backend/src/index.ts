export { multiplyMatrices } from './multiply-matrices.ts';
export {
  type BackendLoader,
  type BackendName,
  NoBackendError,
  type RejectedBackend,
  type SelectedBackend,
  selectBackend,
} from './select-backend.ts';
