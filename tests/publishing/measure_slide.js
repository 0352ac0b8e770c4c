// One slide of a deck with all its fragments shown: what stands on it, what sticks out
// of it, what is hard to read. Sizes in pixels of the slide, mostly 1280 × 720.
(index) => {
  Reveal.slide(index, 0, 999);
  const slide = Reveal.getCurrentSlide();
  const style = (e) => getComputedStyle(e);
  const box = (e) => e.getBoundingClientRect();
  const seen = (e) => style(e).visibility !== "hidden" && e.getClientRects().length > 0;
  const all = [...slide.querySelectorAll("*")].filter((e) => !e.closest("aside") && seen(e));
  const named = (list) => list.map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 40)}`);

  const outside = all.filter((e) => {
    const { left, top, right, bottom } = box(e);
    return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
  });
  const scrolls = all.filter(
    (e) =>
      e.matches("pre, .body, table") &&
      (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
  );
  const words = slide.querySelector(".words");
  const figures = slide.querySelector(".figures");
  const apart = (a, b) => a.right <= b.left + 1 || a.bottom <= b.top + 1;

  // WCAG's contrast of an element's text to what is behind it.
  const rgb = (text) => text.match(/[\d.]+/g).map(Number);
  const luminance = (colour) =>
    colour
      .slice(0, 3)
      .map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const colour = rgb(style(e).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
      if (colour[3] > 0) throw new Error("a half transparent background");
    }
    return [255, 255, 255];
  };
  const contrast = (e) => {
    const [a, b] = [rgb(style(e).color), behind(e)].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const texts = all.filter(
    (e) =>
      !e.closest("mjx-container") &&
      [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
  );
  const size = (e) => parseFloat(style(e).fontSize);
  const around = [...document.querySelectorAll(".page, .slide-number")];
  // What stands beside the one thing on the slide, as words.
  const beside = [...slide.querySelectorAll(".body .text")].map((e) => {
    const copy = e.cloneNode(true);
    copy.querySelectorAll("table, .math").forEach((e) => e.remove());
    return copy.textContent.trim();
  });
  const count = (list) => list.filter((text) => text.trim()).length;

  return {
    words: count(beside.join(" ").split(/\s+/)),
    lines: count([...slide.querySelectorAll(".code .line")].map((e) => e.textContent)),
    rows: Math.max(
      0,
      ...[...slide.querySelectorAll(".body table")].map((e) => e.querySelectorAll("tbody tr").length),
      ...[...slide.querySelectorAll(".output pre")].map((e) => count(e.textContent.split("\n")))
    ),
    headless: [...slide.querySelectorAll(".body table")].filter(
      (e) => !count([...e.querySelectorAll("thead th")].map((th) => th.textContent))
    ).length,
    letters: Math.min(...texts.map(size)),
    around: Math.min(...around.map(size)),
    outside: named(outside),
    scrolls: named(scrolls),
    overlap: Boolean(words && figures && !apart(box(words), box(figures))),
    pale: named(texts.filter((e) => contrast(e) < 4.5)),
    small: named(texts.filter((e) => size(e) < 13)),
    code: [...slide.querySelectorAll("pre")].map(size),
    text: slide.innerText,
    html: [...slide.children]
      .filter((e) => e.tagName !== "ASIDE")
      .map((e) => e.innerHTML)
      .join("")
      .replace(/<img[^>]*>/g, ""),
    notes: [...slide.querySelectorAll("aside.notes")].map((e) => e.textContent.trim()).join(""),
    headings: all.filter((e) => /^H[1-6]$/.test(e.tagName)).map((e) => Number(e.tagName[1])),
    pictures: [...slide.querySelectorAll("img")].map((e) => ({
      alt: e.alt,
      loaded: e.naturalWidth > 0,
      width: e.offsetWidth,
      height: e.offsetHeight,
    })),
    blocks: slide.querySelectorAll(".body > * > *").length,
    math: slide.querySelectorAll(".body .math").length,
    rendered: slide.querySelectorAll(".body .math > mjx-container > svg").length,
    failed: slide.querySelectorAll("[data-mjx-error]").length,
  };
}
