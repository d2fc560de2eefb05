/** Keep small things in the browser. A browser that keeps nothing (private mode, full disk) still chats until reload. */

const PREFIX = "tingjian.";
const memory = new Map();

export function keep(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Kept in memory only.
  }
}

export function recall(key) {
  try {
    const kept = localStorage.getItem(PREFIX + key);
    return kept === null ? memory.get(key) : JSON.parse(kept);
  } catch {
    return memory.get(key);
  }
}

export function forget(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept.
  }
}

/** List the kept keys that begin with `start`. */
export function keys(start) {
  const found = new Set(memory.keys());
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) found.add(key.slice(PREFIX.length));
  } catch {
    // Memory only.
  }
  return [...found].filter((key) => key.startsWith(start));
}
