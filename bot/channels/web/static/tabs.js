/** Tell the other open pages of this visitor what was written here. The server sends nobody their own words back, so
 *  without this a second page would show answers to questions that it never showed. */

import { recall } from "./shelf.js";

/** `hear` gets what another page told; returned is how to tell them. */
export function otherTabs(hear) {
  if (!("BroadcastChannel" in window)) return () => {};
  const channel = new BroadcastChannel("tingjian-chat");
  // Where nothing is kept each page is a visitor of its own, and what one writes is no business of the other.
  channel.addEventListener("message", ({ data }) => data.visitor === recall("visitor") && hear(data.told));
  return (told) => channel.postMessage({ visitor: recall("visitor"), told });
}
