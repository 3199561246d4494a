// The people's side of the sandbox over HTTP: one function per request of the page.

/** The server did not answer at all: the banner says it, so no toast is needed. */
export class Offline extends Error {}

const watchers = [];

/** Calls back with true or false after each request, as the server answered or not. */
export const onReachable = (watcher) => watchers.push(watcher);
const tell = (reachable) => watchers.forEach((watcher) => watcher(reachable));

async function call(path, options) {
  const response = await fetch(path, options).catch(() => {
    tell(false);
    throw new Offline(path);
  });
  tell(true);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? body.description ?? `${response.status} ${path}`);
  return body;
}

function post(path, body = {}) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

function upload(path, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
  return call(path, { method: "POST", body: form });
}

export const people = () => call("/people/");
export const addPerson = (person) => post("/people/", person);
export const chat = (user) => call(`/people/${user}/chat`);
export const say = (user, text, replyTo) =>
  post(`/people/${user}/messages`, replyTo ? { text, reply_to: replyTo } : { text });
export const edit = (user, messageId, text) => post(`/people/${user}/edit`, { message_id: messageId, text });
export const press = (user, messageId, data) => post(`/people/${user}/press`, { message_id: messageId, data });
export const send = (user, kind, more = {}) => post(`/people/${user}/send`, { kind, ...more });
export const sendDocument = (user, file, caption) => upload(`/people/${user}/document`, { file, caption });
export const block = (user) => post(`/people/${user}/block`);
export const unblock = (user) => post(`/people/${user}/unblock`);
export const start = (user, payload) =>
  post(`/people/${user}/start${payload ? `?payload=${encodeURIComponent(payload)}` : ""}`);
export const advance = (seconds) => post("/clock/advance", { seconds });
export const nextPush = () => post("/clock/next");
