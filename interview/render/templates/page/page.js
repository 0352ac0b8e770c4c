const button = document.getElementById("answers");
const folded = document.querySelectorAll("details");
button.addEventListener("click", () => {
  const open = button.getAttribute("aria-pressed") !== "true";
  for (const item of folded) item.open = open;
  button.setAttribute("aria-pressed", String(open));
  button.textContent = open ? "Close all folded answers" : "Open all folded answers";
});
