// Words and records point at each other: choosing a record lights its words, choosing words shows their records.

const text = document.querySelector(".text");
const records = document.querySelector(".records");
const handle = records.querySelector(".handle");
const chosenBar = records.querySelector(".chosen");
const chosenWords = records.querySelector(".chosen-words");
const layers = new Set([...records.querySelectorAll(".switch input")].map((input) => input.value));
const pieces = [...text.querySelectorAll(".m")];
const cards = new Map([...records.querySelectorAll(".card")].map((card) => [card.dataset.record, card]));
const narrow = matchMedia("(max-width: 60rem)");

let chosen = [];

document.body.classList.add("drawer");

function recordsOf(piece) {
  return piece.dataset.r.split(" ").filter((id) => cards.has(id) && layers.has(cards.get(id).dataset.layer));
}

// Light the cards of the chosen records and their words. One record also shows its parts and its sentence; among
// several, statements are lit as faintly as a sentence, since they hold the words of the others.
function choose(ids) {
  dim();
  chosen = ids;
  const several = ids.some((id) => !id.startsWith("s")) && ids.length > 1;
  for (const id of ids) {
    cards.get(id).classList.add("on");
    cards.get(id).querySelector(".card-line").setAttribute("aria-pressed", "true");
    const light = several && id.startsWith("s") ? "part" : "on";
    for (const piece of text.querySelectorAll(`[data-r~="${CSS.escape(id)}"]`)) piece.classList.add(light);
  }
  if (ids.length === 1) lightParts(ids[0]);
  for (const piece of text.querySelectorAll(".m.on")) {
    piece.classList.toggle("on-first", !isLit(piece.previousSibling));
    piece.classList.toggle("on-last", !isLit(piece.nextSibling));
  }
}

function dim() {
  for (const piece of text.querySelectorAll(".on, .part")) {
    piece.classList.remove("on", "on-first", "on-last", "here", "part", "part-actor", "part-recipient");
  }
  for (const card of cards.values()) {
    card.classList.remove("on");
    card.querySelector(".card-line").setAttribute("aria-pressed", "false");
  }
}

function isLit(node) {
  return node instanceof Element && node.classList.contains("on");
}

function lightParts(id) {
  for (const part of ["evidence", "actor", "recipient"]) {
    for (const piece of text.querySelectorAll(`[data-x~="${CSS.escape(`${id}.${part}`)}"]`)) {
      piece.classList.add("part");
      if (part !== "evidence") piece.classList.add(`part-${part}`);
    }
  }
}

// Only the cards of these records stay in the panel; all of them when there are none to keep.
function showOnly(ids, words) {
  for (const [id, card] of cards) card.hidden = ids.length > 0 && !ids.includes(id);
  for (const group of records.querySelectorAll(".speaker, .layer")) {
    const kept = [...group.querySelectorAll(".card")].some((card) => !card.hidden);
    group.hidden = !kept || (group.matches(".layer") && !layers.has(group.dataset.layer));
    if (ids.length && kept && group.matches(".layer")) group.open = true;
  }
  chosenBar.hidden = ids.length === 0;
  chosenWords.textContent = ids.length ? `${ids.length} ${ids.length === 1 ? "record" : "records"} on “${words}”` : "";
}

function clear() {
  choose([]);
  showOnly([], "");
}

function openDrawer(open) {
  handle.setAttribute("aria-expanded", String(open));
}

// A record, or a place of one ("e1.2", another telling of e1), from its card, a link or the address: its words come
// into view.
function chooseRecord(address) {
  const place = placeOf(address);
  const id = place ? place.dataset.of : address;
  const card = cards.get(id);
  if (!card) return false;
  const layer = card.closest(".layer");
  const input = records.querySelector(`.switch input[value="${card.dataset.layer}"]`);
  if (!input.checked) {
    input.checked = true;
    switchLayer(input);
  }
  layer.open = true;
  if (card.hidden) showOnly([], "");
  choose([id]);
  // An event's own telling need not be its first in the text.
  const words = (place ?? placeOf(`${id}.0`))?.closest(".m") ?? text.querySelector(`[data-r~="${CSS.escape(id)}"]`);
  if (place) lightPlace(words, id);
  if (narrow.matches) openDrawer(false);
  if (words) words.scrollIntoView({ block: "center" });
  if (!narrow.matches) card.scrollIntoView({ block: "nearest" });
  return true;
}

function placeOf(address) {
  return text.querySelector(`[data-of][id="${CSS.escape(address)}"]`);
}

// The telling a link leads to, among the others of its event.
function lightPlace(first, id) {
  for (let piece = first; isLit(piece) && recordsOf(piece).includes(id); piece = piece.nextSibling) {
    piece.classList.add("here");
  }
}

function chooseWords(piece) {
  const ids = recordsOf(piece);
  if (ids.length === 0) return;
  if (ids.join() === chosen.join() && !chosenBar.hidden) {
    clear();
    return;
  }
  choose(ids);
  showOnly(ids, piece.textContent.trim());
  openDrawer(true);
  if (narrow.matches) piece.scrollIntoView({ block: "start" });
  chosenBar.scrollIntoView({ block: "nearest" });
}

function switchLayer(input) {
  const on = input.checked;
  text.classList.toggle(`without-${input.value}`, !on);
  if (on) layers.add(input.value);
  else layers.delete(input.value);
  records.querySelector(`.layer[data-layer="${input.value}"]`).hidden = !on;
  if (chosen.some((id) => cards.get(id).dataset.layer === input.value) && !on) clear();
}

// One stop for the Tab key in the text; the arrow keys go from marked words to marked words.
function walk(from, step) {
  let at = pieces.indexOf(from) + step;
  while (pieces[at] && recordsOf(pieces[at]).length === 0) at += step;
  if (pieces[at]) enter(pieces[at]);
}

function enter(piece) {
  for (const other of pieces) {
    if (other.tabIndex === 0) other.tabIndex = -1;
  }
  stop(piece);
  piece.focus();
}

function stop(piece) {
  piece.tabIndex = 0;
  piece.setAttribute("role", "button");
}

text.addEventListener("click", (event) => {
  const piece = event.target.closest(".m");
  if (piece && !event.target.closest("a") && getSelection().isCollapsed) chooseWords(piece);
});

text.addEventListener("keydown", (event) => {
  const piece = event.target.closest(".m");
  if (!piece) return;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step) walk(piece, step);
  else if (event.key === "Enter" || event.key === " ") chooseWords(piece);
  else return;
  event.preventDefault();
});

records.addEventListener("click", (event) => {
  const line = event.target.closest(".card-line");
  if (line) {
    const id = line.closest(".card").dataset.record;
    const again = chosen.length === 1 && chosen[0] === id;
    if (again) choose([]);
    else chooseRecord(id);
    // What is chosen can be shared by its address.
    history.replaceState(null, "", again ? location.pathname : `#${id}`);
  }
  if (event.target.closest(".show-all")) clear();
  if (event.target.closest(".handle")) openDrawer(handle.getAttribute("aria-expanded") !== "true");
});

records.addEventListener("change", (event) => {
  if (event.target.matches(".switch input")) switchLayer(event.target);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link && chooseRecord(decodeURIComponent(link.hash.slice(1)))) {
    history.replaceState(null, "", link.hash);
    event.preventDefault();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (narrow.matches && handle.getAttribute("aria-expanded") === "true") openDrawer(false);
  else clear();
});

addEventListener("hashchange", () => chooseRecord(decodeURIComponent(location.hash.slice(1))));

// Switches a browser kept over a reload are honoured.
for (const input of records.querySelectorAll(".switch input")) switchLayer(input);
if (pieces.length) stop(pieces[0]);
if (location.hash) requestAnimationFrame(() => chooseRecord(decodeURIComponent(location.hash.slice(1))));
