// Which bot messages this browser has not shown yet: the newest seen id per user, shared by its tabs.

const keyOf = (user) => `sandbox-seen-${user}`;

const newest = (chat) => Math.max(0, ...(chat?.messages ?? []).map((message) => message.message_id));

function seen(user, chat) {
  const id = Number(localStorage.getItem(keyOf(user)) ?? 0);
  // A restarted sandbox counts from one again, so an id from its earlier life says nothing.
  return id > newest(chat) ? 0 : id;
}

export const markSeen = (user, chat) => localStorage.setItem(keyOf(user), newest(chat));

export function unread(user, chat) {
  const after = seen(user, chat);
  return (chat?.messages ?? []).filter((one) => !one.outgoing && one.message_id > after).length;
}
