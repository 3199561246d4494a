// Keeps the page up to date: the event stream, its return after a break, and the banner meanwhile.

import { $ } from "./dom.js";

const RETRY_MS = 1500;
const PATIENCE_MS = 5000;
const HIDDEN_MS = 60_000;

let source = null;
let handlers = null;
let retry = null;

/** handlers: chat(userId), clock(), reconnected(). */
export function connect(given) {
  handlers = given;
  document.addEventListener("visibilitychange", onVisibility);
  open();
}

export function showReachable(reachable) {
  $("banner").hidden = reachable;
}

function open() {
  clearTimeout(retry);
  source?.close();
  source = new EventSource("/events");
  // A connection left over from a server that is going down may never answer.
  retry = setTimeout(onError, PATIENCE_MS);
  // Whatever happened while the stream was away went unheard, hence a full reload at each opening.
  source.onopen = () => {
    clearTimeout(retry);
    showReachable(true);
    handlers.reconnected();
  };
  source.onmessage = (event) => hear(JSON.parse(event.data));
  source.onerror = onError;
}

function onError() {
  // The browser gives up for good on some errors; opening anew by ourselves covers them all.
  clearTimeout(retry);
  source.close();
  showReachable(false);
  retry = setTimeout(open, RETRY_MS);
}

function hear(event) {
  if (event.what === "clock") handlers.clock();
  else if (event.user != null) handlers.chat(event.user);
}

// A browser allows six connections a host, and each stream holds one: tabs out of sight let go of theirs.
let letGo = null;

function onVisibility() {
  clearTimeout(letGo);
  if (document.hidden) letGo = setTimeout(pause, HIDDEN_MS);
  else if (source.readyState === EventSource.CLOSED) open();
}

function pause() {
  clearTimeout(retry);
  source.close();
}
