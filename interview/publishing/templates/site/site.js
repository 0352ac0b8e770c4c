// One button for all that is folded: hints, model answers, notes for a teacher.
const folded = document.querySelectorAll("article details");
const title = document.querySelector("article h1");
if (folded.length > 1 && title) {
  const button = document.createElement("button");
  button.type = "button";
  button.id = "answers";
  button.setAttribute("aria-pressed", "false");
  button.textContent = "Open all folded answers";
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    for (const item of folded) item.open = open;
    button.setAttribute("aria-pressed", String(open));
    button.textContent = open ? "Close all folded answers" : "Open all folded answers";
  });
  title.after(button);
}

// A line of code that is carried over keeps its indentation: see site.css.
const templates = [...document.querySelectorAll("template")];
const code = [document, ...templates.map((template) => template.content)].flatMap(
  (root) => [...root.querySelectorAll("article pre, .highlight pre")]
);
for (const pre of code) {
  const lines = pre.innerHTML.trimEnd().split("\n");
  pre.innerHTML = lines.map((line) => `<span class="line">${line}\n</span>`).join("");
  for (const line of pre.querySelectorAll(".line")) {
    const indent = Math.min(line.textContent.search(/\S|$/), 12);
    line.style.setProperty("--indent", `${indent}ch`);
  }
}

// A tap on a figure opens it in its own size; another one closes it.
for (const link of document.querySelectorAll("a.figure")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const dialog = document.createElement("dialog");
    dialog.className = "figure";
    const picture = document.createElement("img");
    picture.src = link.href;
    picture.alt = link.querySelector("img").alt;
    const button = document.createElement("button");
    button.textContent = "Close";
    dialog.append(picture, button);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
}

// Paper is white, whatever the screen is.
const root = document.documentElement;
let onScreen = null;
window.matchMedia("print").addEventListener("change", (media) => {
  if (media.matches) {
    onScreen = root.dataset.theme;
    root.dataset.theme = "light";
  } else if (onScreen) {
    root.dataset.theme = onScreen;
  }
});
