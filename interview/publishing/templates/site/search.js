// Sections in which all words are found, the best first: where they are, an excerpt.
const SHOWN = 30;
const AROUND = 90;
const field = document.querySelector(".bd-search-container input");
const list = document.getElementById("search-results");
const index = new MiniSearch({
  fields: ["page", "heading", "text", "code"],
  searchOptions: {
    boost: { page: 3, heading: 3, text: 1, code: 0.5 },
    prefix: (term) => term.length > 3,
    combineWith: "AND",
    boostDocument: (id) => (SECTIONS[id].address.startsWith("notebooks/") ? 2 : 1),
  },
});
index.addAll(SECTIONS);

// An element with a text in which the words that were found are marked.
function marked(tag, text, words) {
  const element = document.createElement(tag);
  // "rates" is marked as a whole, although "rate" was found too.
  const longest = [...words].sort((a, b) => b.length - a.length);
  const escaped = longest.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  text.split(new RegExp(`\\b(${escaped.join("|")})`, "gi")).forEach((piece, place) => {
    if (place % 2 === 0) return element.append(piece);
    const mark = document.createElement("mark");
    mark.textContent = piece;
    element.append(mark);
  });
  return element;
}

// The part of a text around the first word that was found.
function excerpt(section, words) {
  const places = [section.text, section.code].map((text) => {
    const found = words.map((word) => text.toLowerCase().indexOf(word));
    return Math.min(...found.filter((place) => place >= 0));
  });
  const [text, place] = Number.isFinite(places[0])
    ? [section.text, places[0]]
    : Number.isFinite(places[1])
      ? [section.code, places[1]]
      : [section.text, 0];
  const start = text.lastIndexOf(" ", Math.max(0, place - AROUND)) + 1;
  const end = place + 2 * AROUND;
  const before = start > 0 ? "… " : "";
  return before + text.slice(start, end) + (end < text.length ? " …" : "");
}

function show() {
  const query = field.value.trim();
  let found = index.search(query);
  // A slip of the finger, or words that stand in no section together.
  if (!found.length) found = index.search(query, { combineWith: "OR", fuzzy: 0.2 });
  list.replaceChildren();
  if (!query) return;
  const count = document.createElement("p");
  count.textContent = found.length
    ? `${found.length} section${found.length > 1 ? "s" : ""}, the best first` +
      (found.length > SHOWN ? `; here are ${SHOWN}.` : ".")
    : "Nothing was found.";
  list.append(count);
  for (const result of found.slice(0, SHOWN)) {
    const section = SECTIONS[result.id];
    const place = [section.page, section.heading].filter(Boolean).join(" › ");
    const link = marked("a", place, result.terms);
    // Sphinx marks these words on the page that opens, and takes them from its address.
    const words = encodeURIComponent(result.terms.join(" "));
    link.href = section.address.replace(/#|$/, `?highlight=${words}$&`);
    const hit = document.createElement("div");
    hit.className = "hit";
    hit.append(link, marked("p", excerpt(section, result.terms), result.terms));
    list.append(hit);
  }
}

field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", show);
show();
