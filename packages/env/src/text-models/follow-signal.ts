const followers = new WeakMap<AbortSignal, { readonly callbacks: Set<() => void>; readonly abort: () => void }>();

/**
 * Calls `onAbort` once, at the abort of a signal that is still live, unless the function that it returns was called
 * before. Of all followers of a signal there is one listener: a batch shares a signal, Node warns of more than ten
 * listeners, and adding one takes time in proportion to those that are there.
 */
export function followSignal(signal: AbortSignal | undefined, onAbort: () => void): () => void {
  if (signal === undefined) return () => {};
  let group = followers.get(signal);
  if (group === undefined) {
    const callbacks = new Set<() => void>();
    const abort = (): void => {
      followers.delete(signal);
      for (const callback of callbacks) callback();
    };
    group = { callbacks, abort };
    followers.set(signal, group);
    signal.addEventListener('abort', abort, { once: true });
  }
  const { callbacks, abort } = group;
  // One of its own for each follower, as two may pass the same function.
  const callback = (): void => onAbort();
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size > 0 || followers.get(signal) !== group) return;
    followers.delete(signal);
    signal.removeEventListener('abort', abort);
  };
}
