// A drill in the browser: the cards and the order of `interview drill`, dates by FSRS.
const KEY = "keras-interview-drill";
const NEW_A_DAY = 20;
const EARLY = 20 * 60 * 1000; // a card being learnt, if nothing else is left
const GRADES = ["again", "hard", "good", "easy"];
const stage = document.getElementById("stage");
const level = document.getElementById("level");
const cards = [...document.querySelectorAll("template.drill-card")];
const scheduler = FSRS.fsrs({ enable_fuzz: false });
let last = null;
let note = "";

// What is known of each card, by its id. Read anew for each, as another tab may write.
let unsaved = {};
function load() {
  try {
    return { ...JSON.parse(localStorage.getItem(KEY) ?? "{}"), ...unsaved };
  } catch {
    return unsaved;
  }
}

function save(id, memory) {
  unsaved[id] = memory;
  try {
    localStorage.setItem(KEY, JSON.stringify(load()));
    unsaved = {};
    return "";
  } catch {
    return " This browser keeps no record: it ends with this page.";
  }
}

// What is due, what is being learnt first; then new cards; then what is due soon.
function next() {
  const known = load();
  const now = Date.now();
  const asked = cards.filter((t) => !level.value || t.dataset.level === level.value);
  const memory = (card) => known[card.dataset.id];
  const due = (card) => new Date(memory(card).due).getTime();
  const learnt = (card) => memory(card).state === FSRS.State.Review;
  const other = (found) => found.find((card) => card.dataset.id !== last) ?? found[0];

  const seen = asked.filter(memory).sort((a, b) => due(a) - due(b));
  const ready = seen.filter((card) => due(card) <= now);
  if (ready.length) return other([...ready].sort((a, b) => learnt(a) - learnt(b)));
  const today = new Date().toDateString();
  const firsts = Object.values(known).filter(
    (m) => new Date(m.first).toDateString() === today
  );
  const unseen = asked.find((card) => !memory(card));
  if (unseen && firsts.length < NEW_A_DAY) return unseen;
  return other(seen.filter((card) => !learnt(card) && due(card) <= now + EARLY));
}

function grade(card, number) {
  const id = card.dataset.id;
  const now = new Date();
  const before = load()[id];
  const after = scheduler.next(before ?? FSRS.createEmptyCard(now), now, number).card;
  const minutes = Math.max(1, Math.round((after.due - now) / 60000));
  const when =
    minutes < 60
      ? `in ${minutes} min`
      : minutes < 24 * 60
        ? `in ${Math.round(minutes / 60)} h`
        : `on ${after.due.toLocaleDateString("en", { weekday: "short", day: "numeric", month: "short" })}`;
  const trouble = save(id, { ...after, first: before?.first ?? now });
  note = `It comes back ${when}.${trouble}`;
  last = id;
  show();
}

function show() {
  const card = next();
  stage.replaceChildren();
  const said = document.createElement("p");
  said.className = "said";
  said.textContent = note;
  stage.append(said);
  if (!card) {
    said.textContent = `${note} Nothing is left for now; come back tomorrow.`;
    return;
  }
  const about = document.createElement("p");
  about.className = "about";
  about.textContent = card.dataset.about;
  const content = document.createElement("div");
  content.append(card.content.cloneNode(true));
  const back = document.createElement("div");
  back.hidden = true;
  const rule = content.querySelector("hr.turn");
  while (rule.nextSibling) back.append(rule.nextSibling);
  rule.replaceWith(back);
  const buttons = document.createElement("div");
  buttons.className = "ways";
  button(buttons, "Show the answer", () => {
    back.hidden = false;
    buttons.replaceChildren();
    GRADES.forEach((name, i) => button(buttons, name, () => grade(card, i + 1)));
  });
  stage.append(about, content, buttons);
  window.MathJax?.typesetPromise?.([stage]);
}

function button(parent, name, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = name;
  element.addEventListener("click", act);
  parent.append(element);
}

level.addEventListener("change", show);
show();
