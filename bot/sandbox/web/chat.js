// The page itself: which chat is open, when it is fetched, and which parts draw it.

import * as api from "./api.js";
import { paint as paintClock, setUpClock, syncClock } from "./clock.js";
import { blockedBar, edit, fitComposer, reply, setUpComposer, startBar } from "./composer.js";
import { toast } from "./dialogs.js";
import { $ } from "./dom.js";
import { showHeader } from "./header.js";
import { connect, showReachable } from "./live.js";
import { redrawMessages, setUpMessages, showMessages } from "./messages.js";
import { addPerson, showPeople } from "./people.js";
import { setUpPinned, showPinned } from "./pinned.js";
import { chatOf, coalesce, person, state } from "./state.js";
import { markSeen } from "./unread.js";

const PREVIEWS = 30; // a load test makes thousands of people; the list needs only so many last lines
const PEOPLE_EVERY_MS = 20_000;

const refreshPeople = coalesce(async () => {
  const { bot, users, clock } = await api.people();
  Object.assign(state, { bot, people: users });
  syncClock(clock);
  if (!person()) open(fromHash());
  draw();
});

const refreshChat = coalesce(async (user) => {
  state.chats.set(user, await api.chat(user));
  draw();
});

function fromHash() {
  const wanted = person(Number(location.hash.slice(1)));
  return (wanted ?? state.people[0])?.id ?? null;
}

function open(user) {
  state.open = user;
  if (user !== null && location.hash !== `#${user}`) history.replaceState(null, "", `#${user}`);
  paintClock();
  if (user !== null) refreshChat(user);
  draw();
  document.querySelector(".person[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function draw() {
  const chat = chatOf();
  if (chat && !document.hidden) markSeen(state.open, chat);
  showPeople();
  showHeader(refreshPeople);
  if (!chat || !person()) return;
  showPinned(chat);
  drawFooter(chat);
  showMessages(state.open, chat);
}

function drawFooter(chat) {
  const user = person();
  const kind = user.blocked ? "blocked" : chat.messages.length ? "composer" : "start";
  const whole = kind === "composer" ? fitComposer(user.id, chat) : null;
  const signature = kind === "composer" ? kind : `${kind}-${user.id}`;
  if ($("footer").dataset.shows === signature) return;
  $("footer").dataset.shows = signature;
  $("footer").replaceChildren(whole ?? (kind === "start" ? startBar(user.id) : blockedBar(user.id, refreshPeople)));
}

async function refreshAll() {
  await refreshPeople();
  await Promise.all(state.people.slice(0, PREVIEWS).map((one) => refreshChat(one.id)));
}

function onChat(user) {
  refreshChat(user);
  // A block or a new person shows in the list only.
  refreshPeople();
}

async function addAndOpen() {
  const id = await addPerson();
  if (id === null) return;
  await refreshPeople();
  open(id);
}

function onFailure(event) {
  // The banner tells of an absent server; anything else belongs in the console too, where a developer looks.
  if (event.reason instanceof api.Offline) event.preventDefault();
  else toast(String(event.reason?.message ?? event.reason));
}

function setUp() {
  window.addEventListener("unhandledrejection", onFailure);
  window.addEventListener("hashchange", () => open(fromHash()));
  document.addEventListener("visibilitychange", draw);
  $("add-person").addEventListener("click", addAndOpen);
  api.onReachable(showReachable);
  setUpClock(() => {
    redrawMessages();
    draw();
  });
  const follow = (payload) => api.start(state.open, payload);
  const say = (text) => api.say(state.open, text);
  setUpMessages({ reply, edit, follow, say });
  setUpPinned();
  setUpComposer();
  refreshAll();
  connect({ chat: onChat, clock: refreshPeople, reconnected: refreshAll });
  setInterval(() => document.hidden || refreshPeople(), PEOPLE_EVERY_MS);
}

setUp();
