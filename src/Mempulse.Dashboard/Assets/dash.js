// The part of the dashboard that runs in the browser: connection, ages, keys, copying, themes. Charts are in charts.js, which is loaded with the first chart.
(() => {
  "use strict";
  const root = document.documentElement, assets = document.currentScript.dataset.assets;
  const $ = (selector, from = document) => from.querySelector(selector);
  const retries = [2, 4, 8, 15], reduced = matchMedia("(prefers-reduced-motion: reduce)");
  let tickAt = performance.now(), tickNumber = "", clock = 0, moves = false, pausedAt = 0;
  let lostAt = 0, attempt = 0, nextAt = 0, timer = 0, isLost = false, reason = "";

  // Ages: the server says what time it is on the data's own clock; between two ticks that clock goes on unless the input is a recording.
  const age = ms => ms < 1e4 ? `${(Math.max(0, ms) / 1e3).toFixed(1)} s` : ms < 6e4 ? `${Math.floor(ms / 1e3)} s` : ms < 36e5 ? `${Math.floor(ms / 6e4)} min`
    : ms < 864e5 ? `${Math.floor(ms / 36e5)} h` : `${Math.floor(ms / 864e5)} d`;
  const put = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };
  const onTick = strip => {
    if (strip.dataset.number === tickNumber) return;
    tickNumber = strip.dataset.number; tickAt = performance.now(); clock = +strip.dataset.clock; moves = strip.dataset.moves === "1";
  };
  const show = () => {
    const strip = $("#strip");
    if (!strip) return;
    onTick(strip);
    const paused = strip.dataset.paused === "1";
    pausedAt = paused ? pausedAt || performance.now() : 0;
    const old = performance.now() - tickAt;
    root.classList.toggle("late", old >= 3000 && !paused);
    root.classList.toggle("stale", isLost && old >= 3000 || old >= 10000 && !paused);
    put($("[data-age-of-data]"), age(old)); put($("[data-age-of-data-lost]"), age(old)); put($("[data-passed]"), age(performance.now() - pausedAt));
    if (!isLost && !paused) {
      const now = clock + (moves ? old : 0);
      for (const element of document.querySelectorAll("[data-ago]")) put(element, age(now - element.dataset.ago));
      const head = +strip.dataset.head;
      if (head) strip.style.setProperty("--slot", Math.min(100, Math.max(0, (now - head) / 120)).toFixed(1));
    }
    if (isLost) banner();
  };
  setInterval(show, 200);

  // Connection.
  const banner = () => {
    const place = $("#banner"), strip = $("#strip");
    if (!place) return;
    const wait = Math.max(0, Math.ceil((nextAt - performance.now()) / 1000));
    const text = reason || `You are looking at the state as of event ${strip?.dataset.event ?? "unknown"}. Next attempt in ${wait} s (${attempt + 1}.).`;
    if (!place.firstChild) {
      place.innerHTML = '<b></b><span></span><button type="button" class="control strong" data-act="reconnect">Reconnect now</button><a class="control" href="/health" data-enhance-nav="false">Open Health</a>';
      place.hidden = false;
      $("#assertive").textContent = "Connection to the node lost.";
    }
    put(place.children[0], `Connection to the node lost ${age(performance.now() - lostAt)} ago`); put(place.children[1], text);
  };
  const plan = () => {
    const seconds = retries[Math.min(attempt, retries.length - 1)] * (0.9 + Math.random() * 0.2);
    nextAt = performance.now() + seconds * 1000; clearTimeout(timer); timer = setTimeout(reconnect, seconds * 1000);
  };
  const reconnect = async () => {
    clearTimeout(timer); attempt++; nextAt = performance.now();
    try {
      if (await Blazor.reconnect()) { onUp(); return; }
      reason = "The node answers, but no longer holds this page: it is loaded again."; // the circuit is gone, not the node
      banner(); location.reload();
    } catch {
      try { if ((await fetch("/alive", { cache: "no-store" })).ok) { location.reload(); return; } } catch { /* the node does not answer */ }
      plan();
    }
  };
  const onDown = () => {
    if (isLost) return;
    isLost = true; lostAt = performance.now(); attempt = 0; reason = ""; root.classList.add("lost"); plan(); show();
  };
  const onUp = () => {
    isLost = false; clearTimeout(timer); root.classList.remove("lost");
    const place = $("#banner"); if (place) { place.hidden = true; place.textContent = ""; }
  };
  addEventListener("offline", () => !isLost && onDown());
  addEventListener("pagehide", () => { isLost = true; clearTimeout(timer); });

  // Keys. A key clicks the element that has it in data-key; lists have roving focus.
  const isTyping = target => target.closest?.("input,textarea,select,[contenteditable]");
  const keysOn = () => { try { return localStorage.getItem("single-keys") !== "off"; } catch { return true; } };
  const rows = list => [...list.querySelectorAll("[data-row]")];
  const list = () => document.activeElement?.closest?.("[data-list]") ?? $("[data-list][data-main]") ?? $("[data-list]");
  const move = (step, from) => {
    const place = from ?? list();
    if (!place) return;
    const all = rows(place), at = all.indexOf(document.activeElement?.closest?.("[data-row]"));
    const to = at < 0 ? all.find(row => row.tabIndex === 0) ?? all[0] : all[at + step];
    if (to) { for (const row of all) row.tabIndex = row === to ? 0 : -1; to.focus({ preventScroll: true }); to.scrollIntoView({ block: "nearest" }); }
  };
  const copy = async (text, from) => {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = document.createElement("textarea"); area.value = text; document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
    }
    say(/^0x[0-9a-f]+$/i.test(text) ? "hash copied" : "command copied");
    const use = from && $("use", from);
    if (use) { const href = use.getAttribute("href"); use.setAttribute("href", href.replace(/#.*/, "#ok")); setTimeout(() => use.setAttribute("href", href), 1000); }
  };
  const say = text => { const place = $("#polite"); if (place) { place.textContent = ""; place.textContent = text; } };
  let going = 0;
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { key, target } = event, dialog = $("dialog[open]");
    if (key === "Escape") { if (isTyping(target)) target.blur(); root.classList.remove("searching"); const back = !dialog && $("[data-key=Escape]"); if (back && !isTyping(target)) back.click(); return; }
    if (isTyping(target) || dialog || !keysOn() && key.length === 1) return;
    const row = document.activeElement?.closest?.("[data-row]");
    const take = () => event.preventDefault();
    if (performance.now() < going) { going = 0; const link = $(`header [data-go="${CSS.escape(key)}"]`); if (link) { take(); link.click(); return; } }
    if (key === "g") { going = performance.now() + 1500; if ($("[data-key=g]")) setTimeout(() => { if (going) { going = 0; $("[data-key=g]")?.click(); } }, 600); return; }
    if (key === "/") { take(); root.classList.add("searching"); $("[data-slash]")?.focus(); return; }
    if (key === "?") { take(); $("#keys").showModal(); return; }
    if (key === "j" || key === "k" || row && (key === "ArrowDown" || key === "ArrowUp")) { take(); move(key === "j" || key === "ArrowDown" ? 1 : -1); return; }
    const following = $(`[data-next="${CSS.escape(key)}"]`);
    if (following) { take(); move(1, following); return; }
    const preceding = $(`[data-previous="${CSS.escape(key)}"]`);
    if (preceding) { take(); move(-1, preceding); return; }
    const inside = row && $(`[data-row-key="${CSS.escape(key)}"]`, row);
    if (inside) { take(); inside.click(); return; }
    const columns = key === "h" || key === "l" ? [...document.querySelectorAll("[data-columns] [data-list]")].filter(column => rows(column).length) : [];
    if (columns.length) { take(); const at = columns.findIndex(column => column.contains(document.activeElement)), to = columns[at < 0 ? 0 : at + (key === "l" ? 1 : -1)]; if (to) rows(to).find(one => one.tabIndex === 0)?.focus(); return; }
    if (key === "Enter" && row && target === row) { take(); (row.dataset.open === undefined ? $("a", row) ?? row : row).click(); return; }
    if (key === "c") { const from = row?.dataset.copy ?? $("[data-copy-page]")?.dataset.copyPage; if (from) { take(); copy(from, row && $(".copy", row) || $("[data-copy-page] .copy")); } return; }
    if (/^[1-9]$/.test(key) && !$(`[data-key="${key}"]`)) { const panel = document.querySelectorAll("[data-panel]")[key - 1]; if (panel) { take(); const inside = $("[data-row][tabindex='0']", panel); (inside ?? panel).focus(); } return; }
    if (key === "Backspace") { const back = $("[data-back]"); if (back) { take(); history.length > 1 ? history.back() : back.click(); } return; }
    if (key === " " && target.closest?.("button,a,summary")) return;
    const focused = $(`[data-focus="${CSS.escape(key)}"]`);
    if (focused) { take(); focused.focus(); focused.scrollIntoView({ block: "nearest" }); return; }
    const bound = $(`[data-key="${CSS.escape(key)}"]`);
    if (bound) { take(); bound.click(); }
  });
  addEventListener("focusin", event => { // the row that has the focus is the one that tab comes back to
    const row = event.target.closest?.("[data-row]"), place = row?.closest("[data-list]");
    if (place && row.tabIndex !== 0) for (const other of rows(place)) other.tabIndex = other === row ? 0 : -1;
  });

  const mark = () => {
    let chosen = "system"; try { chosen = localStorage.getItem("theme") ?? "system"; } catch { /* no storage */ }
    for (const button of document.querySelectorAll("[data-theme-set]")) button.setAttribute("aria-checked", button.dataset.themeSet === chosen);
  };
  const theme = name => {
    try { name === "system" ? localStorage.removeItem("theme") : localStorage.setItem("theme", name); } catch { /* no storage */ }
    root.dataset.theme = name !== "system" ? name : matchMedia("(prefers-contrast: more)").matches ? "contrast" : matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    mark(); dispatchEvent(new Event("themechange"));
  };
  addEventListener("click", event => {
    const on = event.target.closest?.("[data-act],[data-theme-set],[data-copy]");
    if (!on) return;
    if (on.dataset.themeSet) { theme(on.dataset.themeSet); on.closest("[popover]")?.hidePopover(); }
    else if (on.dataset.act === "keys") { $("[data-act=single-keys]").checked = keysOn(); $("#keys").showModal(); }
    else if (on.dataset.act === "search") { root.classList.toggle("searching"); $("[data-slash]").focus(); }
    else if (on.dataset.act === "reconnect") reconnect();
    else if (on.dataset.act === "single-keys") { try { localStorage.setItem("single-keys", on.checked ? "on" : "off"); } catch { /* no storage */ } }
    else if (on.matches(".copy")) { event.preventDefault(); event.stopPropagation(); copy(on.dataset.copy, on); }
  }, true);

  // What must not move: the server is told while a list is under the pointer, has the focus, or text in it is selected.
  const holds = new WeakMap();
  const held = element => document.activeElement !== document.body && element.contains(document.activeElement) && document.activeElement.closest("[data-row]") ? "row focused"
    : element.matches(":hover") ? "pointer in the table"
    : !getSelection().isCollapsed && element.contains(getSelection().anchorNode) ? "text selected" : element.scrollTop > 0 ? "scrolled" : "";
  const review = () => { for (const element of document.querySelectorAll("[data-hold]")) {
    const hold = holds.get(element); if (!hold) continue;
    const now = held(element); if (now !== hold.last) { hold.last = now; hold.peer.invokeMethodAsync("Hold", now).catch(() => {}); }
  } };
  for (const name of ["pointerover", "pointerout", "focusin", "focusout", "selectionchange"]) document.addEventListener(name, () => requestAnimationFrame(review));
  document.addEventListener("scroll", () => requestAnimationFrame(review), { capture: true, passive: true });

  let charts;
  const load = name => new Promise((done, failed) => { const script = document.createElement("script"); script.src = assets + name; script.onload = done; script.onerror = failed; document.head.append(script); });
  const withCharts = () => charts ??= Promise.all([load("uplot/uPlot.iife.min.js"), load("charts.js"), new Promise(done => {
    const sheet = document.createElement("link"); sheet.rel = "stylesheet"; sheet.href = assets + "uplot/uPlot.min.css"; sheet.onload = done; document.head.append(sheet); })]);
  window.mempulse = {
    hold: (element, peer) => { holds.set(element, { peer, last: "" }); review(); },
    say, copy,
    draw: async (element, kind, data) => { await withCharts(); return !!element?.isConnected && window.mempulseCharts.draw(element, kind, JSON.parse(new TextDecoder().decode(data))); },
    brush: (element, peer, method) => { element.brush = (...range) => peer.invokeMethodAsync(method, ...range).catch(() => {}); },
    focusRow: (selector) => $(selector)?.focus(),
    reduced: () => reduced.matches,
  };

  Blazor.start({ circuit: {
    configureSignalR: builder => builder.withUrl("_blazor", { skipNegotiation: true, transport: 1 }).withServerTimeout(30000).withKeepAliveInterval(10000),
    reconnectionHandler: { onConnectionDown: onDown, onConnectionUp: onUp },
  } }).then(mark).catch(() => { if (!isLost) onDown(); });
})();
