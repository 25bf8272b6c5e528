"use strict";
// Sorts and filters the table of agencies, and opens their findings. Without it all is there, in the order of the numbers.
{
  const table = document.getElementById("daftar");
  const body = table.tBodies[0];
  const form = document.getElementById("saring");
  const told = document.getElementById("jumlah");
  const more = document.getElementById("semua");
  const TOGETHER = 60; // rows that are shown until all are asked for: a browser lays out no thousand while one types
  let most = TOGETHER;
  const collator = new Intl.Collator("id", { numeric: true });
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let rows = [...body.rows].map((row, place) => ({
    row,
    place,
    text: plain([...row.querySelectorAll("[data-cari]")].map(cell => cell.textContent).join(" ")),
    state: row.dataset.keadaan,
    step: row.dataset.predikat,
    found: document.getElementById("temuan-" + row.dataset.nomor),
  }));
  const many = new Intl.NumberFormat("id");

  function filter() {
    const words = plain(form.elements.cari.value).split(/\s+/).filter(Boolean);
    const state = form.elements.keadaan.value;
    const step = form.elements.predikat ? form.elements.predikat.value : "*";
    let found = 0;
    for (const each of rows) {
      const fits = (state === "*" || each.state === state) && (step === "*" || each.step === step)
        && words.every(word => each.text.includes(word));
      found += fits;
      const hidden = !fits || found > most;
      if (each.row.hidden !== hidden) {
        each.row.hidden = hidden;
        if (each.found) each.found.hidden = hidden;
      }
    }
    const cut = found > most;
    more.hidden = !cut;
    told.textContent = many.format(found) + " dari " + many.format(rows.length) + " perangkat daerah "
      + (cut ? "cocok, " + many.format(most) + " pertama ditampilkan" : "ditampilkan");
  }

  function value(row, column) {
    const cell = row.cells[column];
    return "nilai" in cell.dataset ? Number(cell.dataset.nilai) : cell.dataset.urut ?? (cell.classList.contains("n") ? null : cell.textContent.trim());
  }

  function sort(heading) {
    const before = heading.getAttribute("aria-sort");
    const first = heading.dataset.urut === "turun" ? "descending" : "ascending";
    const now = before === null ? first : before === "ascending" ? "descending" : "ascending";
    for (const each of heading.parentElement.cells) each.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", now);
    const turned = now === "ascending" ? 1 : -1;
    const keyed = rows.map(each => ({ each, key: value(each.row, heading.cellIndex) }));
    keyed.sort((one, other) => {
      const none = (one.key === null || one.key === "–") - (other.key === null || other.key === "–");
      if (none) return none; // those without a figure come last either way
      const order = typeof one.key === "number" ? one.key - other.key : collator.compare(one.key, other.key);
      return turned * order || one.each.place - other.each.place;
    });
    rows = keyed.map(({ each }) => each);
    filter();
    body.append(...rows.map(each => each.row));
  }

  function open(hash) {
    const inside = /^#opd-\d+$/.test(hash) ? document.querySelector(hash) : null;
    const details = inside && inside.closest("details");
    if (!details) return false;
    details.hidden = false;
    details.open = true;
    details.scrollIntoView();
    details.querySelector("summary").focus({ preventScroll: true });
    return true;
  }

  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(heading));
  }
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const hash = link.getAttribute("href");
    if (open(hash)) {
      event.preventDefault();
      history.replaceState(null, "", hash);
    } else if (hash.startsWith("#baris-")) {
      event.preventDefault();
      document.querySelector(hash).hidden = false;
      const back = document.querySelector(hash + " a");
      back.focus();
      back.scrollIntoView({ block: "center" });
    }
  });
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
  function show(number) {
    most = number;
    filter();
  }
  let before = most;
  more.addEventListener("click", () => show(Infinity));
  addEventListener("beforeprint", () => { before = most; show(Infinity); });
  addEventListener("afterprint", () => show(before));
  form.hidden = false;
  filter();
  addEventListener("load", () => requestAnimationFrame(() => open(location.hash))); // after the browser has gone there itself
}
