// What the page knows: the pretend users, their chats, and which one is open.

export const state = {
  bot: {},
  people: [],
  open: null, // id of the open chat
  chats: new Map(), // id -> the chat as the server gave it
};

export const person = (id = state.open) => state.people.find((one) => one.id === id);

export const chatOf = (id = state.open) => state.chats.get(id);

/** The bot as the open chat's person sees it: its texts may be set per language. */
export const bot = () => ({ ...state.bot, ...chatOf()?.bot });

/** Runs async work one at a time per key; calls made meanwhile share one more round. */
export function coalesce(work) {
  const going = new Map();
  const again = new Set();
  return function run(key) {
    if (going.has(key)) {
      again.add(key);
      return going.get(key);
    }
    const round = work(key).finally(() => {
      going.delete(key);
      return again.delete(key) ? run(key) : undefined;
    });
    going.set(key, round);
    return round;
  };
}
