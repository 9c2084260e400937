// The chart of one signal: lowest and highest value per pixel, gaps as grey bands that no line
// crosses. The server draws the sentence, the table and the range; zooming asks it again.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

const ZONE = "Asia/Seoul";
const korean = (document.documentElement.lang || "ko").startsWith("ko");
const charts = new Map();

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function clock(options) {
  return new Intl.DateTimeFormat(korean ? "ko-KR" : "en-GB", { timeZone: ZONE, hourCycle: "h23", ...options });
}
const DAY = clock({ month: "numeric", day: "numeric" });
const MONTH = clock({ year: "numeric", month: "numeric" });
const MINUTE = clock({ hour: "2-digit", minute: "2-digit" });
const SECOND = clock({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const WHOLE = clock({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });

function ticks(step) {
  if (step >= 28 * 86400) return MONTH;
  if (step >= 86400) return DAY;
  return step >= 60 ? MINUTE : SECOND;
}

// A local time as the server reads it, to the millisecond.
function written(seconds) {
  const local = new Date((seconds + 9 * 3600) * 1000);
  return local.toISOString().slice(0, 23);
}

// A null between two pixels that a gap separates, so that the line breaks there.
function broken(data) {
  const starts = new Set(data.gaps.map((gap) => gap[1]));
  const [at, low, high] = [[], [], []];
  data.at.forEach((moment, i) => {
    if (starts.has(moment) && at.length) {
      at.push((at[at.length - 1] + moment) / 2);
      low.push(null);
      high.push(null);
    }
    at.push(moment);
    low.push(data.low[i]);
    high.push(data.high[i]);
  });
  return [at, low, high];
}

function bands(gaps) {
  return (plot) => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const [start, end] of gaps) {
      const left = plot.valToPos(start, "x", true);
      const width = Math.max(devicePixelRatio, plot.valToPos(end, "x", true) - left);
      ctx.fillStyle = colour("--sf-line");
      ctx.fillRect(left, bbox.top, width, bbox.height);
    }
    ctx.restore();
  };
}

function axis(more) {
  const font = `${Math.round(13 * (window.innerWidth < 768 ? 0.95 : 1))}px ${colour("--krds-typo-font-type") || "sans-serif"}`;
  return { stroke: colour("--sf-text"), font, grid: { stroke: colour("--sf-line"), width: 1 }, ticks: { show: false }, ...more };
}

function say(box, data, output) {
  const idle = output.textContent;
  return (plot) => {
    const i = plot.cursor.idx;
    const low = i == null ? null : plot.data[1][i];
    if (low == null) {
      output.textContent = idle;
      return;
    }
    const at = plot.data[0][i];
    const when = data.timed ? WHOLE.format(new Date(at * 1000)) : (at + 1).toLocaleString();
    const figure = (value) => `${value.toLocaleString(undefined, { maximumSignificantDigits: 6 })}${data.unit}`;
    const high = plot.data[2][i];
    output.textContent = low === high ? `${when} · ${figure(low)}` : `${when} · ${box.dataset.low} ${figure(low)} · ${box.dataset.high} ${figure(high)}`;
  };
}

function zoom(box, data) {
  return (plot) => {
    const { left, width } = plot.select;
    if (width < 8) return;
    const from = plot.posToVal(left, "x");
    const to = plot.posToVal(left + width, "x");
    const query = data.timed
      ? `from=${written(from)}&to=${written(to)}`
      : `from=${Math.max(0, Math.floor(from))}&to=${Math.ceil(to) + 1}`;
    const url = `${box.dataset.page}?${query}`;
    window.htmx.ajax("GET", url, { target: "#signal-view", select: "#signal-view", swap: "outerHTML" });
    history.pushState(null, "", url);
  };
}

function options(box, data, output) {
  const line = colour("--sf-primary");
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
    scales: { x: { time: data.timed, range: [data.from, data.to] } },
    axes: [
      axis({ space: 90, values: (plot, splits, at, space, step) => splits.map((s) => (data.timed ? ticks(step).format(new Date(s * 1000)) : (s + 1).toLocaleString())) }),
      axis({ size: 64, values: (plot, splits) => splits.map((s) => s.toLocaleString(undefined, { maximumSignificantDigits: 6 })) }),
    ],
    series: [{}, { stroke: line, width: 1.5, points: { show: data.at.length < 60 } }, { stroke: line, width: 1.5, points: { show: data.at.length < 60 } }],
    bands: [{ series: [2, 1], fill: colour("--sf-scale-2") }],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), ZONE),
    hooks: { drawClear: [bands(data.gaps)], setCursor: [say(box, data, output)], setSelect: [zoom(box, data)] },
  };
}

async function draw(box) {
  charts.set(box, null);
  const query = new URLSearchParams(box.dataset.query);
  query.set("width", Math.max(200, Math.round(box.clientWidth * devicePixelRatio)));
  try {
    const answer = await fetch(`${box.dataset.signalChart}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const data = await answer.json();
    const output = box.closest("figure").querySelector("[data-signal-at]");
    const plot = new uPlot(options(box, data, output), broken(data), box);
    charts.set(box, plot);
    new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: plot.height })).observe(box);
  } catch {
    box.textContent = box.dataset.failed;
  }
}

function drawAll() {
  for (const [box, plot] of charts) {
    if (box.isConnected) continue;
    plot?.destroy();
    charts.delete(box);
  }
  for (const box of document.querySelectorAll("[data-signal-chart]")) if (!charts.has(box)) draw(box);
}

window.addEventListener("popstate", () => location.reload());
document.addEventListener("htmx:afterSettle", drawAll);
drawAll();
