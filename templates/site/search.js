"use strict";
// Finds what the index names, on this page and without asking any server.
(() => {
  const most = 40;
  const entries = (window.ecoreportIndex || []).map((entry) =>
    ({ ...entry, text: `${entry.title} ${entry.kind} ${entry.words}`.normalize("NFKC").toLowerCase() }));
  const field = document.getElementById("search");
  const list = document.getElementById("found");
  const status = document.getElementById("n-found");

  // What begins with the words stands first, then shorter names.
  const rank = (entry, words) => (entry.title.toLowerCase().startsWith(words[0]) ? 0 : 1000) + entry.title.length;

  const line = (entry) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.address;
    link.textContent = entry.title;
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = entry.kind;
    item.append(link, " ", kind);
    return item;
  };

  const find = () => {
    const words = field.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length
      ? entries.filter((entry) => words.every((word) => entry.text.includes(word)))
      : [];
    found.sort((a, b) => rank(a, words) - rank(b, words));
    list.replaceChildren(...found.slice(0, most).map(line));
    const { text, more, none } = status.dataset;
    const said = found.length > most ? more : found.length ? text : none;
    status.textContent = words.length
      ? said.replace("{n}", found.length).replace("{shown}", most) : "";
  };

  document.querySelector(".search").hidden = false;
  field.addEventListener("input", find);
  field.addEventListener("keydown", (event) => {
    const first = list.querySelector("a");
    if (event.key === "Enter" && first) first.click();
  });
  find();
})();
