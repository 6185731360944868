"use strict";
// Sorting, filtering and opening of rows. Without this script all rows stand open and in order.
(() => {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const tools = document.getElementById("table-tools");
  const select = document.getElementById("table-select");

  // A row and the rows below it that belong to it (its trace) move and hide together.
  const groupsOf = (body) => {
    const groups = [];
    for (const row of body.rows) {
      if (row.classList.contains("trace") && groups.length) groups[groups.length - 1].push(row);
      else groups.push([row]);
    }
    return groups;
  };

  const keyOf = (row, column) => {
    const cell = row.cells[column];
    if (!cell) return "";
    if (cell.dataset.sort !== undefined) return cell.dataset.sort;
    const data = cell.querySelector("data");
    return data ? data.value : cell.textContent.trim();
  };

  const numberOf = (key) => {
    const plain = key.replace(/[\s\u2009\u202f,%]/g, "").replace("\u2212", "-");
    return plain === "" ? NaN : Number(plain);
  };

  const isMissing = (key) => key === "" || key === "\u2014" || key === "-";

  // What is missing stands last, whichever way the column is sorted.
  const compare = (a, b, direction) => {
    if (isMissing(a) || isMissing(b)) return isMissing(a) - isMissing(b);
    const [x, y] = [numberOf(a), numberOf(b)];
    const order = Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
    return direction * order;
  };

  const sort = (table, header) => {
    const isAscending = header.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.querySelectorAll("th")) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
    const body = table.tBodies[0];
    const keyed = groupsOf(body).map((rows) => [keyOf(rows[0], header.cellIndex), rows]);
    keyed.sort((a, b) => compare(a[0], b[0], isAscending ? 1 : -1));
    for (const [, rows] of keyed) body.append(...rows);
  };

  const isExpanded = (row) => {
    const button = row.querySelector("button.trace-toggle");
    return !button || button.getAttribute("aria-expanded") === "true";
  };

  const show = (rows, isShown) => {
    rows[0].hidden = !isShown;
    for (const trace of rows.slice(1)) trace.hidden = !isShown || !isExpanded(rows[0]);
  };

  const filterValue = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.filter === undefined ? cell.textContent.trim() : cell.dataset.filter;
  };

  const addTools = (table) => {
    const bar = tools.content.firstElementChild.cloneNode(true);
    const search = bar.querySelector("input");
    const status = bar.querySelector("[role=status]");
    const groups = groupsOf(table.tBodies[0]);
    const choices = [];
    for (const header of table.tHead.querySelectorAll("th[data-filter]")) {
      const label = select.content.firstElementChild.cloneNode(true);
      const input = label.querySelector("select");
      label.querySelector("span").textContent = header.textContent.trim();
      const values = new Set(groups.map((rows) => filterValue(rows[0], header.cellIndex)));
      values.delete("");
      for (const value of values) input.add(new Option(value, value));
      choices.push([header.cellIndex, input]);
      bar.insertBefore(label, status);
    }
    const apply = () => {
      const words = search.value.trim().toLowerCase();
      let shown = 0;
      for (const rows of groups) {
        const isShown = (!words || rows[0].textContent.toLowerCase().includes(words)) &&
          choices.every(([column, input]) =>
            !input.value || filterValue(rows[0], column) === input.value);
        show(rows, isShown);
        shown += isShown;
      }
      status.textContent = status.dataset.text
        .replace("{shown}", shown).replace("{total}", groups.length);
    };
    table.addEventListener("clear-filters", () => {
      search.value = "";
      for (const [, input] of choices) input.value = "";
      apply();
    });
    bar.addEventListener("input", apply);
    (table.closest(".table-wrap") || table).before(bar);
    apply();
  };

  const addSorting = (table) => {
    for (const header of table.tHead.querySelectorAll("th:not([data-sort=none])")) {
      if (header.colSpan > 1 || !header.textContent.trim()) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => sort(table, header));
    }
  };

  const expand = (button, isOpen) => {
    button.setAttribute("aria-expanded", String(isOpen));
    document.getElementById(button.getAttribute("aria-controls")).hidden = !isOpen;
  };

  // A link to a row shows it, even where a filter or its closed trace hides it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const table = target.closest("table");
    const row = target.closest("tr");
    if (table && row && row.hidden) table.dispatchEvent(new Event("clear-filters"));
    const button = document.querySelector(`[aria-controls="${CSS.escape(target.id)}"]`);
    if (button) expand(button, true);
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
      box.open = true;
    }
    target.scrollIntoView();
  };

  // What scrolls sideways can be reached and scrolled by keyboard.
  const markScrollers = () => {
    for (const box of document.querySelectorAll(".table-wrap, figure.chart, pre")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };

  for (const button of document.querySelectorAll("button.trace-toggle[aria-controls]")) {
    button.hidden = false;
    expand(button, false);
    button.addEventListener("click", () =>
      expand(button, button.getAttribute("aria-expanded") !== "true"));
  }
  for (const table of document.querySelectorAll("table.sortable")) {
    if (!table.tHead || !table.tBodies.length) continue;
    addTools(table);
    addSorting(table);
  }
  addEventListener("hashchange", reveal);
  addEventListener("resize", markScrollers);
  document.getElementById("show-code").addEventListener("change", markScrollers);
  markScrollers();
  if (location.hash) reveal();
})();
