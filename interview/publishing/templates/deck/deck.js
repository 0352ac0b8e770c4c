// Lay out each slide for 1280 × 720, or for a phone held upright, then start reveal.js.
(async () => {
  const reveal = document.querySelector(".reveal");
  const upright = matchMedia("(orientation: portrait)");
  const [WIDTH, HEIGHT] = upright.matches
    ? [720, Math.round((720 * innerHeight) / innerWidth)]
    : [1280, 720];
  reveal.style.setProperty("--width", `${WIDTH}px`);
  reveal.style.setProperty("--height", `${HEIGHT}px`);
  // Sizes of text and code (px), from comfortable to the least that is allowed.
  const LARGE = [[40, 32], [36, 30], [32, 28], [30, 26], [28, 25], [26, 24], [24, 24]];
  const SIZES = upright.matches ? [...LARGE, [24, 21], [21, 21]] : LARGE;
  const WIDTHS = upright.matches ? [] : [420, 500, 580, 660];
  const GAP = 14;
  const SHARE = 0.5;

  // Width and height of each picture in a row, in a column, or each alone, in turn.
  function arrange(pictures, width, height) {
    const ratios = pictures.map((p) => p.getAttribute("width") / p.getAttribute("height"));
    const gaps = GAP * (ratios.length - 1);
    const sum = ratios.reduce((a, b) => a + b, 0);
    const rowHeight = Math.max(0, Math.min(height, (width - gaps) / sum));
    const row = ratios.map((r) => [r * rowHeight, rowHeight]);
    const each = Math.max(0, (height - gaps) / ratios.length);
    const column = ratios.map((r) => {
      const h = Math.min(each, width / r);
      return [r * h, h];
    });
    const alone = ratios.map((r) => {
      const w = Math.min(width, height * r);
      return [w, w / r];
    });
    const smallest = (boxes) => Math.min(...boxes.map(([w, h]) => w * h));
    const stacked = smallest(column) > smallest(row);
    const boxes = stacked ? column : row;
    if (pictures.length > 1 && smallest(boxes) < 0.5 * smallest(alone))
      return { kind: "pile", boxes: alone, area: smallest(alone) };
    return { kind: stacked ? "column" : "row", boxes, area: smallest(boxes) };
  }

  function fits(body, words) {
    if (!words) return true;
    if (words.scrollHeight > body.clientHeight + 1) return false;
    return [...words.querySelectorAll("pre, table, .math")].every(
      (e) => e.scrollWidth <= e.clientWidth + 1 &&
        e.getBoundingClientRect().right <= words.getBoundingClientRect().right + 1
    );
  }

  function lay(section) {
    const body = section.querySelector(".body");
    const words = body.querySelector(".words");
    const figures = body.querySelector(".figures");
    const pictures = figures ? [...figures.querySelectorAll("img")] : [];
    let best = null;
    const set = ([text, code], width) => {
      section.style.setProperty("--text", `${text}px`);
      section.style.setProperty("--code", `${code}px`);
      body.classList.toggle("side", width !== null);
      if (width !== null) section.style.setProperty("--words", `${width}px`);
    };
    for (const size of SIZES) {
      if (!figures) {
        set(size, null);
        if (fits(body, words)) return;
        continue;
      }
      for (const width of words ? [null, ...WIDTHS] : [null]) {
        set(size, width);
        if (!fits(body, words)) continue;
        const taken = words && width === null ? words.offsetHeight + GAP : 0;
        const found = arrange(
          pictures,
          body.clientWidth - (width === null ? 0 : width + 28),
          body.clientHeight - taken
        );
        if (!best || found.area > best.area * 1.08) best = { ...found, size, width };
      }
      // Large enough: this share of the slide for all pictures together.
      const together = best && best.area * (best.kind === "pile" ? 1 : pictures.length);
      if (together > SHARE * WIDTH * HEIGHT || (best && size[0] <= 22)) break;
    }
    if (!best) return;
    set(best.size, best.width);
    figures.classList.add(best.kind);
    pictures.forEach((picture, i) => {
      picture.style.width = `${Math.floor(best.boxes[i][0])}px`;
      picture.style.height = `${Math.floor(best.boxes[i][1])}px`;
    });
  }

  // A click starts or stops the clock of a slide on which the class works.
  function startClock(button) {
    const show = () => {
      const [minutes, seconds] = [Math.floor(left / 60), left % 60];
      button.textContent = `${minutes}:${String(seconds).padStart(2, "0")}`;
    };
    let left = 60 * button.dataset.minutes;
    let timer = null;
    button.addEventListener("click", () => {
      button.classList.toggle("runs", !timer);
      if (timer) {
        timer = clearInterval(timer);
        return;
      }
      const end = Date.now() + 1000 * left;
      timer = setInterval(() => {
        left = Math.max(0, Math.round((end - Date.now()) / 1000));
        show();
        if (!left) timer = clearInterval(timer);
      }, 250);
    });
  }

  if (window.MathJax) await MathJax.startup.promise;
  reveal.classList.add("measuring");
  reveal.querySelectorAll(".slides > section").forEach(lay);
  reveal.classList.remove("measuring");
  reveal.querySelectorAll(".clock").forEach(startClock);
  upright.addEventListener("change", () => location.reload());

  await Reveal.initialize({
    width: WIDTH,
    height: HEIGHT,
    margin: 0,
    center: false,
    display: "flex",
    hash: true,
    controls: true,
    controlsTutorial: false,
    scrollActivationWidth: null,
    slideNumber: "c/t",
    transition: "none",
    backgroundTransition: "none",
    plugins: [RevealNotes],
  });
})();
