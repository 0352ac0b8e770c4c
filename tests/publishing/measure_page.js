// One page of the website: what sticks out, what is hard to read, what is described.
async () => {
  // Colours that are still on their way to another mode are neither one's.
  const still = document.createElement("style");
  still.textContent = "* { transition: none !important; }";
  document.head.append(still);
  for (const picture of document.images) picture.loading = "eager";
  await Promise.all([...document.images].map((i) => i.decode().catch(() => 0)));
  const folded = [...document.querySelectorAll("article details")];
  const closed = folded.filter((d) => !d.open).length;
  for (const item of folded) item.open = true;

  // WCAG's contrast of an element's text to what is behind it, layer by layer.
  const style = (e) => getComputedStyle(e);
  const rgba = (text) => {
    const srgb = text.startsWith("color(srgb");
    const [r, g, b, a = 1] = text.match(/[\d.]+(?:e-?\d+)?/g).map(Number);
    return srgb ? [r * 255, g * 255, b * 255, a] : [r, g, b, a];
  };
  const over = ([r, g, b, a], below) =>
    [r, g, b].map((v, i) => v * a + below[i] * (1 - a));
  const behind = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) {
      const colour = rgba(style(e).backgroundColor);
      if (colour[3] > 0) layers.unshift(colour);
      if (colour[3] === 1) break;
    }
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (colour) =>
    colour
      .map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (e) => {
    const back = behind(e);
    const [a, b] = [over(rgba(style(e).color), back), back].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const texts = [...document.body.querySelectorAll("*")].filter(
    (e) =>
      !e.closest("mjx-container, script, style, noscript, dialog") &&
      !e.classList.contains("headerlink") &&
      e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
  );
  const pale = texts
    .filter((e) => contrast(e) < 4.5)
    .map((e) => `${contrast(e).toFixed(2)} ${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 30)}`);
  const headings = [...document.querySelectorAll("article :is(h1,h2,h3,h4)")];
  const boxes = [...document.querySelectorAll("article :is(pre, table, .output, .scrolls)")];
  const cut = boxes
    .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
    .map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`);
  return {
    cut,
    smallest: Math.min(...texts.map((e) => parseFloat(style(e).fontSize))),
    wide: document.documentElement.scrollWidth - window.innerWidth,
    texts: texts.length,
    pale: [...new Set(pale)],
    levels: headings.map((h) => Number(h.tagName[1])),
    pictures: [...document.images].map((i) => [i.alt, i.naturalWidth]),
    closed,
    folded: folded.length,
    math: document.querySelectorAll("article .math").length,
    rendered: document.querySelectorAll("article .math > mjx-container > svg").length,
    failed: document.querySelectorAll("[data-mjx-error]").length,
    raw: /\$[^$\s][^$\n]*\$/.test(
      [...document.querySelectorAll("article p")]
        .map((p) => [...p.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join(" "))
        .join("\n")
    ),
    painted: Math.round(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1),
  };
}
