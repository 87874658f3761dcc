// The part of the dashboard that runs in the browser: connection, ages, keys, copying, themes. Charts are in charts.js, which is loaded with the first chart.
(() => {
  "use strict";
  const root = document.documentElement, { assets, sheets } = document.currentScript.dataset, clock = () => performance.now();
  const $ = (selector, from = document) => from.querySelector(selector), $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const stored = (key, value) => { try { if (value !== undefined) localStorage.setItem(key, value); return localStorage.getItem(key); } catch { return null; } }; // a browser may keep nothing
  let tickAt = clock(), tick = "", dataTime = 0, pausedAt = 0, lostAt = 0, attempt = 0, nextAt = 0, timer = 0, isLost = false, reason = "";

  // Ages: the server says what time it is on the data's own clock; between two ticks that clock goes on unless the input is a recording.
  const age = ms => ms < 1e4 ? `${(Math.max(0, ms) / 1e3).toFixed(1)} s` : [["d", 864e5], ["h", 36e5], ["min", 6e4], ["s", 1e3]].filter(([, size]) => ms >= size).map(([unit, size]) => `${Math.floor(ms / size)} ${unit}`)[0];
  const put = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };
  const show = () => {
    const strip = $("#strip");
    if (!strip) return;
    const { number, clock: time, moves, head, paused } = strip.dataset;
    if (number !== tick) { tick = number; tickAt = clock(); dataTime = +time; }
    pausedAt = paused ? pausedAt || clock() : 0;
    const old = clock() - tickAt, mark = (name, isOn) => root.classList.toggle(name, isOn);
    mark("late", old >= 3e3 && !paused);
    mark("stale", isLost && old >= 3e3 || old >= 1e4 && !paused);
    put($("[data-age-of-data]"), age(old)); put($("[data-age-of-data-lost]"), age(old)); put($("[data-passed]"), age(clock() - pausedAt));
    if (isLost) banner();
    else if (!paused) {
      const now = dataTime + (moves === "1" ? old : 0);
      for (const element of $$("[data-ago]")) put(element, age(now - element.dataset.ago));
      if (+head) strip.style.setProperty("--slot", Math.min(100, Math.max(0, (now - head) / 120)).toFixed(1));
    }
  };
  setInterval(show, 200);

  // Connection.
  const banner = () => {
    const place = $("#banner");
    if (!place) return;
    if (!place.firstChild) {
      place.innerHTML = '<b></b><span></span><button type="button" class="control strong" data-act="reconnect">Reconnect now</button><a class="control" href="/health" data-enhance-nav="false">Open Health</a>';
      place.hidden = false;
      $("#assertive").textContent = "Connection to the node lost.";
    }
    const wait = Math.max(0, Math.ceil((nextAt - clock()) / 1e3));
    put(place.children[0], `Connection to the node lost ${age(clock() - lostAt)} ago`);
    put(place.children[1], reason || `You are looking at the state as of event ${$("#strip")?.dataset.event ?? "unknown"}. Next attempt in ${wait} s (${attempt + 1}.).`);
  };
  const plan = () => {
    const wait = ([2, 4, 8][attempt] ?? 15) * (900 + Math.random() * 200);
    nextAt = clock() + wait; clearTimeout(timer); timer = setTimeout(reconnect, wait);
  };
  const reconnect = async () => {
    clearTimeout(timer); attempt++; nextAt = clock();
    try {
      if (await Blazor.reconnect()) { onUp(); return; }
      reason = "The node answers, but no longer holds this page: it is loaded again."; // the circuit is gone, not the node
      banner(); location.reload();
    } catch {
      if ((await fetch("/alive", { cache: "no-store" }).catch(() => null))?.ok) location.reload();
      else plan();
    }
  };
  const onDown = () => {
    if (isLost) return;
    isLost = true; lostAt = clock(); attempt = 0; reason = ""; root.classList.add("lost"); plan(); show();
  };
  const onUp = () => {
    isLost = false; clearTimeout(timer); root.classList.remove("lost");
    const place = $("#banner"); if (place) { place.hidden = true; place.textContent = ""; }
  };
  addEventListener("offline", onDown);
  addEventListener("pagehide", () => { isLost = true; clearTimeout(timer); });

  const say = text => { const place = $("#polite"); if (place) { place.textContent = ""; place.textContent = text; } };
  const copy = async (text, from) => {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = document.createElement("textarea"); area.value = text; document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
    }
    say(/^0x[0-9a-f]+$/i.test(text) ? "hash copied" : "command copied");
    const use = from && $("use", from), href = use?.getAttribute("href");
    if (use) { use.setAttribute("href", href.replace(/#.*/, "#ok")); setTimeout(() => use.setAttribute("href", href), 1e3); }
  };

  // Keys. A key clicks the element that has it in data-key; lists have roving focus.
  const isTyping = target => target.closest?.("input,textarea,select,[contenteditable]");
  const keysOn = () => stored("single-keys") !== "off";
  const rowOf = element => element?.closest?.("[data-row]"), rows = place => $$("[data-row]", place);
  const focus = element => { element.focus({ preventScroll: true }); element.scrollIntoView({ block: "nearest" }); };
  const move = (place, step) => {
    const all = rows(place), at = all.indexOf(rowOf(document.activeElement)), to = at < 0 ? all.find(row => row.tabIndex === 0) ?? all[0] : all[at + step];
    if (to) focus(to);
  };
  const column = step => {
    const all = $$("[data-columns] [data-list]").filter(column => rows(column).length), at = all.findIndex(column => column.contains(document.activeElement)), to = all[at < 0 ? 0 : at + step];
    if (to) focus(rows(to).find(row => row.tabIndex === 0));
    return all.length;
  };
  let going = 0;
  addEventListener("keydown", event => {
    const { key, target } = event, isModal = $("dialog[open]");
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (key === "Escape") {
      if (isTyping(target)) target.blur();
      else if (!isModal) $("[data-key=Escape]")?.click();
      root.classList.remove("searching"); return;
    }
    if (isTyping(target) || isModal || !keysOn() && key.length === 1) return;
    const row = rowOf(document.activeElement), is = (...keys) => keys.includes(key);
    const by = (name, from) => $(`[data-${name}="${CSS.escape(key)}"]`, from);
    const take = (element, act = element => element.click()) => { if (element) { event.preventDefault(); act(element); } return element; };
    const step = is("j") || row && is("ArrowDown") ? 1 : is("k") || row && is("ArrowUp") ? -1 : 0;
    const isSecond = clock() < going, bound = by("key");
    if (isSecond) { going = 0; if (take(by("go", $("header")))) return; }
    if (is("g")) { going = clock() + 1500; if (bound) setTimeout(() => { if (going) { going = 0; $("[data-key=g]")?.click(); } }, 600); }
    else if (is("/")) { event.preventDefault(); root.classList.add("searching"); $("[data-slash]")?.focus(); }
    else if (is("?")) take($("#keys"), dialog => dialog.showModal());
    else if (step) take(document.activeElement.closest("[data-list]") ?? $("[data-list][data-main]") ?? $("[data-list]"), place => move(place, step));
    else if (take(by("next"), place => move(place, 1)) || take(by("previous"), place => move(place, -1)) || take(row && by("row-key", row))) return;
    else if (is("h", "l") && column(is("l") ? 1 : -1)) event.preventDefault();
    else if (is("Enter")) take(target === row && (row.dataset.open === undefined ? $("a", row) ?? row : row));
    else if (is("c")) take(row?.dataset.copy || row?.search && new URLSearchParams(row.search).get("tx") || $("[data-copy-page]")?.dataset.copyPage, text => copy(text, row && $(".copy", row) || $("[data-copy-page] .copy")));
    else if (is("Backspace")) take($("[data-back]"), back => history.length > 1 ? history.back() : back.click());
    else if (is(" ") && target.closest?.("button,a,summary")) return;
    else take(by("focus"), focus) || take(bound) || /^[1-9]$/.test(key) && take($$("[data-panel]")[key - 1], panel => ($("[data-row][tabindex='0']", panel) ?? panel).focus());
  });
  addEventListener("focusin", event => { // the row that has the focus is the one that tab comes back to
    const row = rowOf(event.target), place = row?.closest("[data-list]");
    if (place && row.tabIndex !== 0) for (const other of rows(place)) other.tabIndex = other === row ? 0 : -1;
  });
  const light = event => { // a transaction is lit on both sides of a block
    const at = event.target.closest?.("a.cell")?.href;
    for (const cell of $$("a.cell")) cell.toggleAttribute("data-lit", cell.href === at);
  };
  addEventListener("focusin", light); addEventListener("pointerover", light);

  const mark = () => { for (const button of $$("[data-theme-set]")) button.setAttribute("aria-checked", button.dataset.themeSet === (stored("theme") ?? "system")); };
  const theme = name => {
    const is = query => matchMedia(`(prefers-${query})`).matches;
    stored("theme", name);
    root.dataset.theme = name !== "system" ? name : is("contrast: more") ? "contrast" : is("color-scheme: light") ? "light" : "dark";
    mark(); dispatchEvent(new Event("themechange"));
  };
  const acts = {
    keys: () => { $("[data-act=single-keys]").checked = keysOn(); $("#keys").showModal(); },
    search: () => { root.classList.toggle("searching"); $("[data-slash]").focus(); },
    "single-keys": box => stored("single-keys", box.checked ? "on" : "off"), reconnect,
  };
  addEventListener("click", event => {
    const on = event.target.closest?.("[data-act],[data-theme-set],.copy"), { act, themeSet } = on?.dataset ?? {};
    if (themeSet) { theme(themeSet); on.closest("[popover]")?.hidePopover(); }
    else if (act) acts[act](on);
    else if (on) { event.preventDefault(); event.stopPropagation(); copy(on.dataset.copy, on); }
  }, true);

  // What must not move: the server is told while a list is under the pointer, has the focus, or text in it is selected.
  const holds = new WeakMap();
  const held = element => document.activeElement !== document.body && element.contains(document.activeElement) && rowOf(document.activeElement) ? "row focused"
    : element.matches(":hover") ? "pointer in the table"
    : !getSelection().isCollapsed && element.contains(getSelection().anchorNode) ? "text selected" : element.scrollTop > 0 ? "scrolled" : "";
  const review = () => requestAnimationFrame(() => { for (const element of $$("[data-hold]")) {
    const hold = holds.get(element), now = hold && held(element);
    if (hold && now !== hold.last) { hold.last = now; hold.peer.invokeMethodAsync("Hold", now).catch(() => {}); }
  } });
  for (const name of ["pointerover", "pointerout", "focusin", "focusout", "selectionchange", "scroll"]) document.addEventListener(name, review, { capture: true, passive: true });

  let charts;
  const load = name => new Promise((done, failed) => {
    const isSheet = name.endsWith("css"), file = document.createElement(isSheet ? "link" : "script");
    file[isSheet ? "href" : "src"] = assets + name; file.rel = "stylesheet"; file.onload = done; file.onerror = failed; document.head.append(file);
  });
  for (const sheet of sheets.split(" ")) load(sheet); // what the other screens need
  window.mempulse = {
    say,
    hold: (element, peer) => { if (element) holds.set(element, { peer, last: "" }); review(); }, // no element: the screen was left meanwhile
    draw: async (element, kind, data) => {
      await (charts ??= Promise.all(["uplot/uPlot.iife.min.js", "charts.js", "uplot/uPlot.min.css"].map(load)));
      return !!element?.isConnected && window.mempulseCharts.draw(element, kind, JSON.parse(new TextDecoder().decode(data)));
    },
    brush: (element, peer, method) => { if (element) element.brush = (...range) => peer.invokeMethodAsync(method, ...range).catch(() => {}); },
    watched: list => { try { if (list) sessionStorage.setItem("watched", JSON.stringify(list)); return JSON.parse(sessionStorage.getItem("watched")) ?? []; } catch { return []; } },
    post: async path => { try { const answer = await fetch(path, { method: "POST" }); return { status: answer.status, body: await answer.text() }; } catch { return { status: 0, body: "" }; } },
    focusRow: selector => $(selector)?.focus(),
  };

  Blazor.start({ circuit: {
    configureSignalR: builder => builder.withUrl("_blazor", { skipNegotiation: true, transport: 1 }).withServerTimeout(3e4).withKeepAliveInterval(1e4),
    reconnectionHandler: { onConnectionDown: onDown, onConnectionUp: onUp },
  } }).then(mark).catch(onDown);
})();
