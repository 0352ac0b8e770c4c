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
