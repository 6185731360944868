"use strict";
// Sorting, filtering and opening of rows. Without this script all rows stand open and in order.
(() => {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const tools = document.getElementById("table-tools");
  const select = document.getElementById("table-select");
  const toggle = document.getElementById("trace-toggle");

  // A row and the rows below it that belong to it (its trace) move and hide together.
  const groupsOf = (table) => {
    const groups = [];
    for (const row of table.querySelectorAll(":scope > tbody > tr:not(.group)")) {
      if (row.classList.contains("trace") && groups.length) groups[groups.length - 1].push(row);
      else groups.push([row]);
    }
    return groups;
  };

  // Headings stand over rows of their own: not where rows are sorted, nor where none is left.
  const homes = new WeakMap();
  const showHeadings = (table) => {
    for (const body of table.tBodies) {
      const rows = [...body.rows].filter((row) => !row.classList.contains("group"));
      const isShown = rows.some((row) => !row.hidden && homes.get(row) === body) &&
        rows.every((row) => homes.get(row) === body);
      for (const row of body.querySelectorAll(":scope > tr.group")) row.hidden = !isShown;
    }
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
    const keyed = groupsOf(table).map((rows) => [keyOf(rows[0], header.cellIndex), rows]);
    keyed.sort((a, b) => compare(a[0], b[0], isAscending ? 1 : -1));
    // In the document's own order rows go back below their headings.
    const isAtHome = isAscending && header.dataset.order !== undefined;
    for (const [, rows] of keyed) {
      (isAtHome ? homes.get(rows[0]) : table.tBodies[0]).append(...rows);
    }
    showHeadings(table);
  };

  // Each trace gets its button here: without a script it stands open.
  const addToggle = (trace, number) => {
    const row = trace.previousElementSibling;
    const cell = row.querySelector("td:not(.number)");
    const button = toggle.content.firstElementChild.cloneNode(true);
    trace.id ||= `trace-${number}`;
    button.setAttribute("aria-controls", trace.id);
    button.setAttribute("aria-label", `${button.textContent} ${cell.textContent.trim()}`);
    cell.append(" ", button);
  };

  const isExpanded = (row) => {
    const button = row.querySelector("button.trace-toggle");
    return !button || button.getAttribute("aria-expanded") === "true";
  };

  const show = (rows, isShown) => {
    rows[0].hidden = !isShown;
    for (const trace of rows.slice(1)) trace.hidden = !isShown || !isExpanded(rows[0]);
  };

  // What a row can be filtered by in a column: its verdict, its text, or, where the head lists
  // names, those in the places that the cell gives.
  const filterValues = (row, header) => {
    const cell = row.cells[header.cellIndex];
    const names = header.dataset.filter ? header.dataset.filter.split("|") : null;
    if (names) return cell.dataset.filter.split(" ").map((place) => names[place]);
    const verdict = cell.querySelector(".verdict");
    return [cell.dataset.filter ?? (verdict || cell).textContent.trim()];
  };

  const addTools = (table) => {
    const bar = tools.content.firstElementChild.cloneNode(true);
    const search = bar.querySelector("input");
    const status = bar.querySelector("[role=status]");
    const groups = groupsOf(table);
    for (const row of groups.flat()) homes.set(row, row.parentNode);
    const choices = [];
    for (const header of table.tHead.querySelectorAll("th[data-filter]")) {
      const label = select.content.firstElementChild.cloneNode(true);
      const input = label.querySelector("select");
      label.querySelector("span").textContent = header.textContent.trim();
      const known = new Map(groups.map((rows) => [rows[0], filterValues(rows[0], header)]));
      const listed = header.dataset.filter ? header.dataset.filter.split("|") : [];
      const values = new Set([...listed, ...[...known.values()].flat()]);
      values.delete("");
      for (const value of values) input.add(new Option(value, value));
      choices.push([known, input]);
      bar.insertBefore(label, status);
    }
    const apply = () => {
      const words = search.value.trim().toLowerCase();
      let shown = 0;
      for (const rows of groups) {
        const isShown = (!words || rows[0].textContent.toLowerCase().includes(words)) &&
          choices.every(([known, input]) =>
            !input.value || known.get(rows[0]).includes(input.value));
        show(rows, isShown);
        shown += isShown;
      }
      showHeadings(table);
      status.textContent = status.dataset.text
        .replace("{shown}", shown).replace("{total}", groups.length);
    };
    table.addEventListener("clear-filters", () => {
      search.value = "";
      for (const [, input] of choices) input.value = "";
      apply();
    });
    bar.addEventListener("input", apply);
    // Enter goes where the first row left over leads.
    search.addEventListener("keydown", (event) => {
      const first = groups.find((rows) => !rows[0].hidden);
      const link = event.key === "Enter" && first && first[0].querySelector("a[href^='#']");
      if (link) link.click();
    });
    (table.closest(".table-wrap") || table).before(bar);
    apply();
  };

  const addSorting = (table) => {
    for (const header of table.tHead.querySelectorAll("th:not([data-sort=none], [hidden])")) {
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

  // A mark of the strip says of which row it is.
  const nameMarks = () => {
    for (const mark of document.querySelectorAll(".strip a")) {
      const row = document.querySelector(mark.getAttribute("href"))?.closest("tr");
      const name = row?.querySelector("td:not(.number)")?.firstChild?.textContent;
      if (name) mark.title = `${name.trim()} ${mark.querySelector(".visually-hidden")?.textContent ?? ""}`;
    }
  };

  // What scrolls sideways can be reached and scrolled by keyboard.
  const markScrollers = () => {
    for (const box of document.querySelectorAll(".table-wrap, figure.chart, pre")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };

  // Sections stand folded on screen and open on paper; what a reader opened stays open after it.
  const sections = document.querySelectorAll("details.department");
  for (const section of sections) section.open = false;
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...sections].filter((section) => section.open);
    for (const section of sections) section.open = true;
  });
  addEventListener("afterprint", () => {
    for (const section of sections) section.open = opened.includes(section);
  });

  document.querySelectorAll("tr.trace").forEach(addToggle);
  for (const button of document.querySelectorAll("button.trace-toggle[aria-controls]")) {
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
  nameMarks();
  markScrollers();
  if (location.hash) reveal();
})();
