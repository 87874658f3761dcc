// Charts on canvas. uPlot has the axes, scales and the cursor; points and lanes are drawn here. Colours come from the theme.
(() => {
  "use strict";
  const charts = new WeakMap(), all = new Set();
  const css = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const font = "10.5px Inter, sans-serif", { format } = new Intl.NumberFormat("en-US");
  const axis = options => ({ stroke: () => css("text2"), font, grid: { stroke: () => css("line"), width: 1 }, ticks: { show: false }, gap: 4, ...options });
  const mount = (place, height, options, data) => {
    const chart = new uPlot({ width: place.clientWidth || 300, height, legend: { show: false }, ...options }, data, place);
    new ResizeObserver(() => { const width = place.clientWidth; if (width > 0 && Math.abs(width - chart.width) > 1) chart.setSize({ width, height }); }).observe(place);
    return chart;
  };

  // Drawing. Places are in pixels of CSS, from the upper left corner of what is drawn.
  const within = (chart, draw) => {
    const pen = chart.ctx, { left, top, width, height } = chart.bbox, scale = devicePixelRatio;
    pen.save(); pen.beginPath(); pen.rect(left, top, width, height); pen.clip(); pen.translate(left, top); pen.scale(scale, scale);
    draw(pen, width / scale, height / scale); pen.restore();
  };
  const blank = (canvas, height) => {
    const pen = canvas.getContext("2d"), scale = devicePixelRatio, width = Math.max(1, canvas.clientWidth);
    canvas.width = width * scale; canvas.height = height * scale; pen.scale(scale, scale); pen.font = font;
    return [pen, width];
  };
  const lines = (pen, color, width, ends) => {
    pen.strokeStyle = css(color); pen.lineWidth = width; pen.beginPath();
    for (const [x, y, toX, toY] of ends) { pen.moveTo(x, y); pen.lineTo(toX, toY); }
    pen.stroke();
  };
  const write = (pen, words, x, y, align = "right", color = "text2", weight = "") => {
    pen.textAlign = align; pen.fillStyle = css(color); pen.font = weight + font; pen.fillText(words, x, y);
  };
  const hatch = (pen, color) => {
    const tile = document.createElement("canvas"); tile.width = tile.height = 6;
    lines(tile.getContext("2d"), color, 1, [[0, 6, 6, 0]]);
    return pen.createPattern(tile, "repeat");
  };

  // A range that was dragged over is told to the screen, and the selection is taken back: the filter that it became shows it.
  const brush = (place, y) => [{ drag: { x: true, y, setScale: false }, points: { show: false } }, chart => {
    const { left, top, width, height } = chart.select, at = (from, to, scale) => [chart.posToVal(from, scale), chart.posToVal(to, scale)];
    if (width > 4 && (height > 4 || !y) && place.brush && chart.over.matches(":hover")) place.brush(...at(left, left + width, "x"), ...y ? at(top + height, top, "y") : []);
    if (width) chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }];

  // Includability: x is the cap on the tip, y the cap on the fee, both in gwei on logarithmic scales.
  const xs = [0.01, 100], ys = [0.4, 200];
  const plot = place => {
    let had;
    const inside = (value, [least, most]) => Math.min(most, Math.max(least, value));
    const at = (chart, x, y) => [chart.valToPos(inside(x, xs), "x"), chart.valToPos(inside(y, ys), "y")];
    const area = chart => had && within(chart, (pen, width, height) => {
      const [x, y] = at(chart, (had.tip ?? 0) / 1e3, (had.next ?? 0) / 1e3), [left] = at(chart, ys[0], 1), [right, top] = at(chart, xs[1], xs[1]);
      pen.fillStyle = css("hover"); pen.fillRect(x, 0, width - x, y);
      pen.beginPath(); pen.moveTo(left, height); pen.lineTo(right, top); pen.lineTo(right, height); // a tip above the cap on the fee is not valid
      for (const fill of [css("surface"), hatch(pen, "line")]) { pen.fillStyle = fill; pen.fill(); }
    });
    const points = chart => had && within(chart, (pen, width, height) => {
      const { tips, fees, kinds, next, tip } = had, colors = ["s1", "text3", "s2", "text3"].map(css), text = css("text");
      kinds.forEach((kind, i) => {
        if (kind < 0) return;
        const [x, y] = at(chart, tips[i] / 1e3, fees[i] / 1e3), shape = kind & 7, circle = radius => { pen.beginPath(); pen.arc(x, y, radius, 0, 7); };
        pen.fillStyle = pen.strokeStyle = colors[shape];
        if (shape < 2) { circle(shape ? 1.4 : 2); pen.fill(); }
        else if (shape === 2) { pen.beginPath(); pen.moveTo(x, y - 3.2); pen.lineTo(x + 3.2, y + 2.4); pen.lineTo(x - 3.2, y + 2.4); pen.closePath(); pen.stroke(); }
        else pen.strokeRect(x - 1.8, y - 1.8, 3.6, 3.6);
        if (kind & 8) { pen.strokeStyle = text; circle(4.8); pen.stroke(); }
      });
      const edge = width - 4;
      if (next !== undefined) {
        const [, y] = at(chart, 1, next / 1e3);
        lines(pen, "text", 1.5, [[0, y, width, y]]);
        write(pen, `next base fee ${(next / 1e3).toFixed(3)}`, edge, y + 12); write(pen, `${format(had.below)} wait below it`, edge, y + 25);
      }
      if (tip !== undefined) {
        const [x] = at(chart, tip / 1e3, 1), isRight = x > width * 0.6;
        pen.setLineDash([4, 3]); lines(pen, "text", 1.5, [[x, 0, x, height]]);
        write(pen, `tip of inclusion ${(tip / 1e3).toFixed(3)}`, x + (isRight ? -4 : 4), 26, isRight ? "right" : "left"); write(pen, `${format(had.tooLittle)} pay too little tip`, 4, 12, "left");
      }
      write(pen, `${format(had.includable)} includable next`, edge, 12, "right", "text", "600 ");
    });
    const [cursor, brushed] = brush(place, true), scale = (splits, options) => axis({ splits: () => splits, values: (_, shown) => shown, size: 34, ...options });
    const chart = mount(place, 264, {
      scales: { x: { time: false, distr: 3, range: () => xs }, y: { distr: 3, range: () => ys } }, series: [{}, { show: false }], cursor,
      axes: [scale([0.01, 0.1, 1, 10, 100], { label: "tip, gwei (max priority fee)", labelFont: font, labelSize: 14 }), scale([1, 2, 5, 10, 20, 50, 100], { filter: (_, splits) => splits })],
      hooks: { drawClear: [area], draw: [points], setSelect: [brushed] },
    }, [xs, ys]);
    return data => {
      if (data.from !== undefined && data !== had) { // only the places that changed since a frame that this page has
        if (!had || had.number < data.from || had.number > data.number) return false;
        const { places, tips, fees, kinds } = data;
        places.forEach((place, i) => { had.tips[place] = tips[i]; had.fees[place] = fees[i]; had.kinds[place] = kinds[i]; });
        data.tips = had.tips; data.fees = had.fees; data.kinds = had.kinds; delete data.from;
      }
      had = data; chart.redraw(false, false); return true;
    };
  };

  // The last minutes: arrivals, pool, drops, and who could hear, on one axis of time.
  const strips = place => {
    let had;
    const row = (parent, kind, name) => {
      const row = document.createElement("div"); row.className = "strip-row"; row.innerHTML = `<span></span><${kind}></${kind}><b></b>`;
      row.firstChild.textContent = name; parent.append(row); return row.children;
    };
    const isBlock = i => i > 0 && had.heads[i] !== null && had.heads[i - 1] !== null && had.heads[i] !== had.heads[i - 1];
    const [, blocks] = row(place, "canvas", "Blocks");
    const headRow = () => {
      const [pen, width] = blank(blocks, 16), step = width / Math.max(1, had.heads.length - 1);
      pen.lineWidth = 1.25; pen.strokeStyle = css("included");
      had.heads.forEach((_, i) => isBlock(i) && pen.strokeRect(Math.min(width - 7, Math.max(1, i * step - 3)), 4, 6, 6));
      had.reorgs.forEach((depth, i) => {
        if (!depth) return;
        const x = i * step, isRight = x > width / 2, words = `reorg, depth ${depth}`, wide = pen.measureText(words).width + 6;
        pen.fillStyle = css("surface"); pen.fillRect(isRight ? x - wide : x, 0, wide, 16);
        write(pen, words, x + (isRight ? -4 : 4), 11, isRight ? "right" : "left", "reorged"); pen.fillRect(x - 0.5, 0, 1.5, 16);
      });
    };
    const heads = chart => had && within(chart, (pen, _, height) => {
      const marks = isMarked => had.times.flatMap((time, i) => { if (!isMarked(i)) return []; const x = Math.round(chart.valToPos(time, "x")) + 0.5; return [[x, 0, x, height]]; });
      lines(pen, "line", 1, marks(isBlock)); lines(pen, "reorged", 1.5, marks(i => had.reorgs[i]));
    });
    const [cursor, brushed] = brush(place, false);
    const strip = (name, height, series, show) => {
      const [, inner, value] = row(place, "div", name);
      const chart = mount(inner, height, {
        padding: [4, 0, 0, 0], cursor: { ...cursor, sync: { key: "time" }, y: false }, scales: { x: { time: true }, y: { range: (_, min, max) => [0, Math.max(1, (max ?? 1) * 1.15)] } },
        axes: [axis({ show, size: show ? 22 : 0, space: 60, values: (_, splits) => splits.map(at => new Date(at * 1e3).toISOString().slice(11, 19)) }), { show: false }],
        series: [{}, ...series.map(([color, options]) => ({ stroke: () => css(color), width: 1.25, points: { show: false }, ...options }))], hooks: { drawClear: [heads], setSelect: [brushed] },
      }, [[], ...series.map(() => [])]);
      return (text, ...lists) => { chart.setData([had.times, ...lists]); const now = lists[0].at(-1); value.textContent = now === null ? "–" : text(now); };
    };
    const arrivals = strip("Arrivals tx/s", 74, [["s1", { fill: () => css("s1") + "29" }]], false), pool = strip("Pool", 60, [["s1"], ["s2", { dash: [2, 2] }]], false);
    const drops = strip("Drops", 40, [["warning", { fill: () => css("warning"), width: 0, paths: uPlot.paths.bars({ size: [0.9] }) }]], true);
    const lanes = document.createElement("div"); lanes.className = "lanes"; place.append(lanes);
    const lane = ({ name, blind }, i) => {
      const [title, canvas, word] = lanes.children[i]?.children ?? row(lanes, "canvas"), [pen, width] = blank(canvas, 10), step = width / blind.length, dashes = hatch(pen, "warning"), heard = css("line"), now = blind.at(-1);
      blind.forEach((one, n) => { if (one !== null) { pen.fillStyle = one ? dashes : heard; pen.fillRect(n * step, 0, step + 1, 10); } });
      title.textContent = name; word.textContent = now ? "blind" : "heard"; word.className = now ? "c-warning" : "quiet";
    };
    const joined = (data, old, more) => [...old.slice(0, Math.max(0, old.length - 1 - (had.last - data.from) / data.step)), ...more].slice(-old.length);
    const names = frame => frame.lanes.map(lane => lane.name).join();
    return data => {
      if (data.from !== undefined && data !== had) { // only the steps since the last one that this page has
        if (!had || had.step !== data.step || had.last < data.from || had.last > data.last || names(had) !== names(data)) return false;
        for (const list of ["arrivals", "pending", "queued", "drops", "heads", "reorgs"]) data[list] = joined(data, had[list], data[list]);
        data.lanes.forEach((lane, i) => { lane.blind = joined(data, had.lanes[i].blind, lane.blind); });
        delete data.from;
      }
      had = data;
      const perThousand = values => values.map(value => value === null ? null : value / 1e3), { length } = had.arrivals;
      had.times = had.arrivals.map((_, i) => had.last - (length - 1 - i) * had.step);
      arrivals(value => value.toFixed(1), perThousand(had.arrivals)); pool(format, had.pending, had.queued); drops(format, perThousand(had.drops));
      while (lanes.children.length > had.lanes.length) lanes.lastChild.remove();
      headRow(); had.lanes.forEach(lane); return true;
    };
  };

  const kinds = { plot, strips };
  window.mempulseCharts = {
    draw: (place, kind, data) => {
      let chart = charts.get(place);
      if (!chart) { chart = { take: kinds[kind](place) }; charts.set(place, chart); all.add(new WeakRef(chart)); }
      const isDrawn = chart.take(data);
      if (isDrawn) chart.last = data;
      return isDrawn;
    },
  };
  addEventListener("themechange", () => { for (const reference of all) { const chart = reference.deref(); if (chart?.last) chart.take(chart.last); else if (!chart) all.delete(reference); } });
})();
