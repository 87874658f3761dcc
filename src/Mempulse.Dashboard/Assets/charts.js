// Charts on canvas. uPlot has the axes, scales and the cursor; points and lanes are drawn here. Colours come from the theme.
(() => {
  "use strict";
  const charts = new WeakMap(), all = new Set();
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = "10.5px Inter, sans-serif", format = new Intl.NumberFormat("en-US");
  const grid = { stroke: () => css("--line"), width: 1 }, ticks = { show: false };
  const axis = options => ({ stroke: () => css("--text2"), font, grid, ticks, gap: 4, ...options });
  const hatch = (context, color) => {
    const tile = document.createElement("canvas"); tile.width = tile.height = 6;
    const pen = tile.getContext("2d"); pen.strokeStyle = color; pen.lineWidth = 1; pen.beginPath(); pen.moveTo(0, 6); pen.lineTo(6, 0); pen.stroke();
    return context.createPattern(tile, "repeat");
  };
  const mount = (place, height, options, data) => {
    const chart = new uPlot({ width: place.clientWidth || 300, height, legend: { show: false }, ...options }, data, place);
    new ResizeObserver(() => { const width = place.clientWidth; if (width > 0 && Math.abs(width - chart.width) > 1) chart.setSize({ width, height }); }).observe(place);
    return chart;
  };

  // A range that was dragged over is told to the screen, and the selection is taken back: the filter that it became shows it.
  const brushed = (place, values) => chart => {
    const { width, height } = chart.select;
    if (width > 4 && (height > 4 || !chart.cursor.drag.y) && place.brush && chart.over.matches(":hover")) place.brush(...values(chart));
    if (width) chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  };

  // Includability: x is the cap on the tip, y the cap on the fee, both in gwei on logarithmic scales.
  const xs = [0.01, 100], ys = [0.4, 200];
  const plot = place => {
    const state = { data: null };
    const at = (chart, x, y) => [chart.valToPos(Math.min(xs[1], Math.max(xs[0], x)), "x", true), chart.valToPos(Math.min(ys[1], Math.max(ys[0], y)), "y", true)];
    const area = chart => {
      if (!state.data) return;
      const pen = chart.ctx, { left, top, width, height } = chart.bbox, next = (state.data.next ?? 0) / 1000;
      pen.save(); pen.beginPath(); pen.rect(left, top, width, height); pen.clip();
      pen.fillStyle = css("--hover"); const [x, y] = at(chart, Math.max((state.data.tip ?? 0) / 1000, xs[0]), Math.max(next, ys[0])); pen.fillRect(x, top, left + width - x, y - top);
      pen.beginPath(); pen.moveTo(...at(chart, ys[0], ys[0])); pen.lineTo(...at(chart, xs[1], xs[1])); pen.lineTo(...at(chart, xs[1], ys[0])); pen.closePath();
      pen.fillStyle = css("--surface"); pen.fill(); pen.fillStyle = hatch(pen, css("--line")); pen.fill(); // a tip above the cap on the fee is not valid
      pen.restore();
    };
    const points = chart => {
      if (!state.data) return;
      const pen = chart.ctx, scale = devicePixelRatio, { left, top, width, height } = chart.bbox, { tips, fees, kinds, next, tip, includable, below, tooLittle } = state.data;
      const colors = [css("--s1"), css("--text3"), css("--s2"), css("--text3")], size = 2 * scale;
      pen.save(); pen.beginPath(); pen.rect(left, top, width, height); pen.clip(); pen.lineWidth = scale;
      for (let i = 0; i < tips.length; i++) {
        if (kinds[i] < 0) continue;
        const [x, y] = at(chart, tips[i] / 1000, fees[i] / 1000), kind = kinds[i] & 7;
        pen.fillStyle = pen.strokeStyle = colors[kind];
        if (kind === 0) { pen.beginPath(); pen.arc(x, y, size, 0, 7); pen.fill(); }
        else if (kind === 1) { pen.beginPath(); pen.arc(x, y, size * 0.7, 0, 7); pen.fill(); }
        else if (kind === 2) { pen.beginPath(); pen.moveTo(x, y - size * 1.6); pen.lineTo(x + size * 1.6, y + size * 1.2); pen.lineTo(x - size * 1.6, y + size * 1.2); pen.closePath(); pen.stroke(); }
        else pen.strokeRect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
        if (kinds[i] & 8) { pen.strokeStyle = css("--text"); pen.beginPath(); pen.arc(x, y, size * 2.4, 0, 7); pen.stroke(); }
      }
      pen.strokeStyle = css("--text"); pen.lineWidth = 1.5 * scale; pen.fillStyle = css("--text2"); pen.font = `${10.5 * scale}px Inter, sans-serif`;
      if (next !== undefined) {
        const [, y] = at(chart, 1, next / 1000);
        pen.beginPath(); pen.moveTo(left, y); pen.lineTo(left + width, y); pen.stroke();
        pen.textAlign = "right"; pen.fillText(`next base fee ${(next / 1000).toFixed(3)}`, left + width - 4 * scale, y + 12 * scale); pen.fillText(`${format.format(below)} wait below it`, left + width - 4 * scale, y + 25 * scale);
      }
      if (tip !== undefined) {
        const [x] = at(chart, tip / 1000, 1), isRight = x > left + width * 0.6, edge = x + (isRight ? -4 : 4) * scale;
        pen.setLineDash([4 * scale, 3 * scale]); pen.beginPath(); pen.moveTo(x, top); pen.lineTo(x, top + height); pen.stroke(); pen.setLineDash([]);
        pen.textAlign = isRight ? "right" : "left"; pen.fillText(`tip of inclusion ${(tip / 1000).toFixed(3)}`, edge, top + 26 * scale);
        pen.textAlign = "left"; pen.fillText(`${format.format(tooLittle)} pay too little tip`, left + 4 * scale, top + 12 * scale);
      }
      pen.textAlign = "right"; pen.fillStyle = css("--text"); pen.font = `600 ${10.5 * scale}px Inter, sans-serif`; pen.fillText(`${format.format(includable)} includable next`, left + width - 4 * scale, top + 12 * scale);
      pen.restore();
    };
    const chart = mount(place, 264, {
      scales: { x: { time: false, distr: 3, range: () => xs }, y: { distr: 3, range: () => ys } },
      axes: [axis({ splits: () => [0.01, 0.1, 1, 10, 100], values: (_, splits) => splits, size: 34, label: "tip, gwei (max priority fee)", labelFont: font, labelSize: 14 }), axis({ splits: () => [1, 2, 5, 10, 20, 50, 100], filter: (_, splits) => splits, values: (_, splits) => splits, size: 34 })],
      series: [{}, { show: false }], cursor: { drag: { x: true, y: true, setScale: false }, points: { show: false } },
      hooks: { drawClear: [area], draw: [points], setSelect: [brushed(place, ({ select: { left, top, width, height }, posToVal }) => [posToVal(left, "x"), posToVal(left + width, "x"), posToVal(top + height, "y"), posToVal(top, "y")])] },
    }, [xs, ys]);
    return data => {
      const had = state.data;
      if (data.from !== undefined && data !== had) { // only the places that changed since a frame that this page has
        if (!had || had.number < data.from || had.number > data.number) return false;
        const { places, tips, fees, kinds } = data;
        data.tips = had.tips; data.fees = had.fees; data.kinds = had.kinds; delete data.from;
        places.forEach((place, i) => { data.tips[place] = tips[i]; data.fees[place] = fees[i]; data.kinds[place] = kinds[i]; });
      }
      state.data = data; chart.redraw(false, false); return true;
    };
  };

  // The last minutes: arrivals, pool, drops, and who could hear, on one axis of time.
  const strips = place => {
    const state = { data: null }, rows = {};
    const add = name => { const row = document.createElement("div"); row.className = "strip-row"; row.innerHTML = "<span></span><div></div><b></b>"; row.children[0].textContent = name; place.append(row); return row.children; };
    const cursor = { sync: { key: "time" }, drag: { x: true, y: false, setScale: false }, points: { show: false }, y: false };
    const range = brushed(place, ({ select: { left, width }, posToVal }) => [posToVal(left, "x"), posToVal(left + width, "x")]);
    const blocks = (() => { const row = document.createElement("div"); row.className = "strip-row blocks"; row.innerHTML = "<span>Blocks</span><canvas></canvas><b></b>"; place.append(row); return row.children[1]; })();
    const isBlock = (heads, i) => i > 0 && heads[i] !== null && heads[i - 1] !== null && heads[i] !== heads[i - 1];
    const headRow = ({ heads, reorgs }) => {
      const pen = blocks.getContext("2d"), scale = devicePixelRatio, width = blocks.width = Math.max(1, blocks.clientWidth * scale), height = blocks.height = 16 * scale, step = width / Math.max(1, heads.length - 1);
      pen.lineWidth = 1.25 * scale; pen.font = `${10.5 * scale}px Inter, sans-serif`;
      heads.forEach((_, i) => {
        if (isBlock(heads, i)) { pen.strokeStyle = css("--included"); pen.strokeRect(Math.min(width - 7 * scale, Math.max(scale, i * step - 3 * scale)), 4 * scale, 6 * scale, 6 * scale); }
      });
      reorgs.forEach((depth, i) => {
        if (!depth) return;
        const x = i * step, isRight = x > width / 2, words = `reorg, depth ${depth}`, wide = pen.measureText(words).width + 6 * scale;
        pen.fillStyle = css("--surface"); pen.fillRect(isRight ? x - wide : x, 0, wide, height); pen.fillStyle = css("--reorged"); pen.fillRect(x - scale / 2, 0, 1.5 * scale, height);
        pen.textAlign = isRight ? "right" : "left"; pen.fillText(words, x + (isRight ? -4 : 4) * scale, 11 * scale);
      });
    };
    const heads = chart => {
      const data = state.data; if (!data) return;
      const pen = chart.ctx, { top, height } = chart.bbox; pen.save(); pen.strokeStyle = css("--line"); pen.lineWidth = devicePixelRatio; pen.beginPath();
      for (let i = 1; i < data.heads.length; i++) if (isBlock(data.heads, i)) { const x = Math.round(chart.valToPos(data.times[i], "x", true)) + 0.5; pen.moveTo(x, top); pen.lineTo(x, top + height); }
      pen.stroke(); pen.strokeStyle = css("--reorged"); pen.lineWidth = 1.5 * devicePixelRatio; pen.beginPath();
      data.reorgs.forEach((depth, i) => { if (depth) { const x = Math.round(chart.valToPos(data.times[i], "x", true)) + 0.5; pen.moveTo(x, top); pen.lineTo(x, top + height); } });
      pen.stroke(); pen.restore();
    };
    const strip = (name, height, series, y, withTime) => {
      const cells = add(name);
      const chart = mount(cells[1], height, {
        padding: [4, 0, 0, 0], cursor, scales: { x: { time: true }, y: { range: (_, min, max) => y ?? [0, Math.max(1, (max ?? 1) * 1.15)] } },
        axes: [axis({ show: !!withTime, size: withTime ? 22 : 0, space: 60, values: (_, splits) => splits.map(at => new Date(at * 1000).toISOString().slice(11, 19)) }), { show: false }],
        series: [{}, ...series], hooks: { drawClear: [heads], setSelect: [range] },
      }, [[], ...series.map(() => [])]);
      return { chart, value: cells[2] };
    };
    rows.arrivals = strip("Arrivals tx/s", 74, [{ stroke: () => css("--s1"), width: 1.25, fill: () => css("--s1") + "29", points: { show: false } }]);
    rows.pool = strip("Pool", 60, [{ stroke: () => css("--s1"), width: 1.25, points: { show: false } }, { stroke: () => css("--s2"), width: 1.25, dash: [2, 2], points: { show: false } }]);
    rows.drops = strip("Drops", 40, [{ stroke: () => css("--warning"), fill: () => css("--warning"), width: 0, paths: uPlot.paths.bars({ size: [0.9] }), points: { show: false } }], undefined, true);
    const lanes = document.createElement("div"); lanes.className = "lanes"; place.append(lanes);
    const lane = data => {
      while (lanes.children.length > data.lanes.length) lanes.lastChild.remove();
      data.lanes.forEach((one, i) => {
        let row = lanes.children[i];
        if (!row) { row = document.createElement("div"); row.className = "strip-row"; row.innerHTML = "<span></span><canvas></canvas><b></b>"; lanes.append(row); }
        const canvas = row.children[1], pen = canvas.getContext("2d"), scale = devicePixelRatio, width = canvas.width = Math.max(1, canvas.clientWidth * scale), height = canvas.height = 10 * scale;
        row.children[0].textContent = one.name; pen.clearRect(0, 0, width, height);
        const step = width / one.blind.length, dashes = hatch(pen, css("--warning"));
        one.blind.forEach((blind, n) => { if (blind === null) return; pen.fillStyle = blind ? dashes : css("--line"); pen.fillRect(n * step, 0, step + 1, height); });
        const now = one.blind.at(-1); row.children[2].textContent = now ? "blind" : "heard"; row.children[2].className = now ? "c-warning" : "quiet";
      });
    };
    const lists = ["arrivals", "pending", "queued", "drops", "heads", "reorgs"];
    const joined = (had, data, old, more) => [...old.slice(0, Math.max(0, old.length - 1 - (had.last - data.from) / data.step)), ...more].slice(-old.length);
    return data => {
      const had = state.data;
      if (data.from !== undefined && data !== had) { // only the steps since the last one that this page has
        if (!had || had.step !== data.step || had.last < data.from || had.last > data.last || had.lanes.map(lane => lane.name).join() !== data.lanes.map(lane => lane.name).join()) return false;
        for (const list of lists) data[list] = joined(had, data, had[list], data[list]);
        data.lanes.forEach((lane, i) => { lane.blind = joined(had, data, had.lanes[i].blind, lane.blind); });
        delete data.from;
      }
      const { step, last, arrivals, pending, queued, drops } = data, count = arrivals.length;
      data.times = arrivals.map((_, i) => last - (count - 1 - i) * step);
      state.data = data;
      const rate = arrivals.map(value => value === null ? null : value / 1000), lost = drops.map(value => value === null ? null : value / 1000);
      rows.arrivals.chart.setData([data.times, rate]); rows.pool.chart.setData([data.times, pending, queued]); rows.drops.chart.setData([data.times, lost]);
      rows.arrivals.value.textContent = rate.at(-1) === null ? "–" : rate.at(-1).toFixed(1); rows.pool.value.textContent = pending.at(-1) === null ? "–" : format.format(pending.at(-1)); rows.drops.value.textContent = lost.at(-1) === null ? "–" : format.format(lost.at(-1));
      headRow(data); lane(data); return true;
    };
  };

  const kinds = { plot, strips };
  window.mempulseCharts = {
    draw: (place, kind, data) => {
      let chart = charts.get(place);
      if (!chart) { chart = { take: kinds[kind](place), last: null }; charts.set(place, chart); all.add(new WeakRef(chart)); }
      const isDrawn = chart.take(data);
      if (isDrawn) chart.last = data;
      return isDrawn;
    },
  };
  addEventListener("themechange", () => { for (const reference of all) { const chart = reference.deref(); if (chart?.last) chart.take(chart.last); else if (!chart) all.delete(reference); } });
})();
