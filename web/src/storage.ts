import type { Storage } from '@graphiql/toolkit';

// Other programs' playgrounds may be served at the same host and port on another day. Without a prefix of our
// own a first visit here would open with their tabs.
const prefix = 'entente:';

function ours(): string[] {
  return Object.keys(localStorage).filter(key => key.startsWith(prefix));
}

/** The browser's local storage, as far as it is this playground's. */
export const storage: Storage = {
  getItem: key => localStorage.getItem(prefix + key),
  setItem: (key, value) => localStorage.setItem(prefix + key, value),
  removeItem: key => localStorage.removeItem(prefix + key),
  clear: () => ours().forEach(key => localStorage.removeItem(key)),
  get length() {
    return ours().length;
  },
};
