export { deleteStoredResponses } from './delete-stored-responses.ts';
export { type DiskResponseStore, openResponseStore } from './open-response-store.ts';
export { openRecording, type Recording, type RecordingWriter, readRecording } from './recording-file.ts';
