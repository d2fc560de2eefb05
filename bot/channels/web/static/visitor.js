/** Who this browser is to the server: a token that names no one, asked for once and kept. */

import { forget, keep, recall } from "./shelf.js";

const HOME = "/channels/web";
const PATIENCE = 20_000; // milliseconds until a silent request counts as failed
let asking = null;

/** The server's refusal or silence. `retryable` is false when the same words would be refused again. */
export class Unsent extends Error {
  constructor(reason, { retryable, after = 0 }) {
    super(reason);
    this.retryable = retryable;
    this.after = after; // seconds the server asks us to wait
  }
}

/** Give the visitor token, asking for a new one when there is none; callers at the same time share one answer. */
export async function visitor() {
  const kept = recall("visitor");
  if (kept) return kept;
  asking ??= fetchNew().finally(() => (asking = null));
  return asking;
}

/** Ask the server as this visitor; a token it no longer knows is quietly replaced by a new one, once. */
export async function ask(path, { body } = {}) {
  const token = await visitor();
  let response = await request(path, token, body);
  if (response.status === 401) {
    if (recall("visitor") === token) forget("visitor"); // another tab may have a newer one already
    response = await request(path, await visitor(), body);
  }
  return read(response);
}

export const eventsUrl = (token, after) =>
  `${HOME}/events?visitor=${encodeURIComponent(token)}${after ? `&after=${encodeURIComponent(after)}` : ""}`;

/** The address of a file that was sent to this visitor; who has read its message has a token. */
export const fileUrl = (id) => `${HOME}/files/${encodeURIComponent(id)}?visitor=${encodeURIComponent(recall("visitor") ?? "")}`;

async function fetchNew() {
  const { visitor: token } = await read(await request("/visitors", null, {}));
  keep("visitor", token);
  return token;
}

async function request(path, token, body) {
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const signal = AbortSignal.timeout?.(PATIENCE);
  try {
    return await fetch(HOME + path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), signal });
  } catch (error) {
    throw new Unsent(String(error), { retryable: true });
  }
}

async function read(response) {
  if (response.ok) return response.json();
  const again = response.status >= 500 || [401, 408, 425, 429].includes(response.status);
  const after = Number.parseInt(response.headers.get("Retry-After") ?? "", 10) || 0;
  throw new Unsent(`status ${response.status}`, { retryable: again, after });
}
