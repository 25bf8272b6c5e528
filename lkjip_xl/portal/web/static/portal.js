// What makes the pages more pleasant where scripts run; all of them work without.
"use strict";

let shown = document.getElementById("isi").outerHTML; // as it came, before anything is done to it

/** Show the state of a page anew as long as it says that something is still to come. */
function live() {
  const seconds = Number(document.getElementById("isi").dataset.live);
  if (!seconds) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "live" } });
      if (answer.redirected && !atWork(document.getElementById("isi"))) location.reload(); // signed out meanwhile
      else if (answer.ok) replaceMain(await answer.text());
    } catch {
      // the portal cannot be reached at the moment
    }
    live();
  }, seconds * 1000);
}

/** Put the main part of another page in place of this one's, unless nothing has changed or somebody is at work in it. */
function replaceMain(text) {
  const other = new DOMParser().parseFromString(text, "text/html");
  const fresh = other.getElementById("isi");
  const main = document.getElementById("isi");
  if (!fresh || fresh.outerHTML === shown || atWork(main)) return;
  const before = told(main);
  const keep = keeping(main, fresh);
  exchange(main, fresh, other.title);
  keep();
  if (told(fresh) !== before) document.getElementById("kabar").textContent = told(fresh);
}

function exchange(main, fresh, title) {
  shown = fresh.outerHTML;
  main.replaceWith(document.adoptNode(fresh));
  document.title = title;
  prepare(fresh);
}

/** Whether somebody types, chooses, marks or sends something in a part of the page, or has begun to. */
function atWork(part) {
  const here = document.activeElement;
  if (part.contains(here) && here.matches("input:not([type=checkbox]), textarea, select")) return true;
  const marked = getSelection();
  if (!marked.isCollapsed && part.contains(marked.anchorNode)) return true;
  if (part.querySelector("progress")) return true;
  return [...part.querySelectorAll("input, textarea, select")].some(field => {
    if (field.type === "file") return field.files.length > 0;
    if (field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.localName === "select") return [...field.options].some(each => each.selected !== each.defaultSelected);
    return field.value !== field.defaultValue;
  });
}

/** Return what puts focus, opened details and scrolled frames of one part of the page into another that takes its place. */
function keeping(main, fresh) {
  const here = document.activeElement;
  const twin = main.contains(here) ? twinOf(here, main, fresh) ?? fresh : null;
  const opened = [...main.querySelectorAll("details")].map(each => each.open);
  const frames = [...main.querySelectorAll(".wide, .secret")].map(each => [each.scrollLeft, each.scrollTop]);
  return () => {
    fresh.querySelectorAll("details").forEach((each, at) => (each.open = opened[at] ?? each.open));
    fresh.querySelectorAll(".wide, .secret").forEach((each, at) => frames[at] && each.scrollTo(...frames[at]));
    twin?.focus({ preventScroll: true });
  };
}

/** Return the element of another part that an element stands for in this one: of the same kind and address, at the same place among them. */
function twinOf(element, main, fresh) {
  const marks = ["id", "href", "name", "value", "class"];
  const among = part =>
    [...part.querySelectorAll(element.localName)].filter(each =>
      marks.every(mark => each.getAttribute(mark) === element.getAttribute(mark)),
    );
  return among(fresh)[among(main).indexOf(element)];
}

/** Return what a part of the page has to say to who does not see it. */
function told(part) {
  return [...part.querySelectorAll("[data-told]")].map(each => each.dataset.told || each.textContent.trim()).join("; ");
}

/** Have the browser ask before a page is left from which something is still being sent. */
const asked = event => event.preventDefault();

/** Send a form with files so that it can be seen how far it is. */
function sending(form) {
  form.addEventListener("submit", event => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const button = form.querySelector("button");
    const said = document.createElement("p");
    const bar = document.createElement("progress");
    said.setAttribute("role", "status");
    bar.max = 100;
    bar.setAttribute("aria-label", "Terkirim");
    form.append(bar, said);
    button.disabled = true;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = (100 * loaded) / total;
      said.textContent = loaded < total ? `Mengirim: ${Math.floor((100 * loaded) / total)} %` : "Terkirim; menunggu jawaban …";
    });
    addEventListener("beforeunload", asked);
    request.addEventListener("load", () => {
      removeEventListener("beforeunload", asked);
      if (request.status < 400) location.assign(request.responseURL);
      else refused(request.responseText);
    });
    request.addEventListener("error", () => {
      removeEventListener("beforeunload", asked);
      said.textContent = "Sambungan terputus. Berkas belum tentu diterima; kirim lagi, kiriman yang sama tidak dihitung dua kali.";
      said.setAttribute("role", "alert");
      bar.remove();
      button.disabled = false;
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}

/** Show the page that says why something is not taken. */
function refused(text) {
  const other = new DOMParser().parseFromString(text, "text/html");
  const fresh = other.getElementById("isi");
  if (!fresh) {
    location.reload();
    return;
  }
  exchange(document.getElementById("isi"), fresh, other.title);
  fresh.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
}

/** Have a field for files say in the language of the page what it is for, and name what has been chosen. */
function dropping(field) {
  const zone = field.parentElement;
  const said = document.createElement("div");
  said.setAttribute("aria-live", "polite");
  said.id = `${field.id}-dipilih`;
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), said.id].filter(Boolean).join(" "));
  const say = () => {
    const lines = [...field.files].map(({ name, size }) => `${name}, ${Math.ceil(size / 1024).toLocaleString("id")} KB`);
    if (!lines.length) lines.push(field.multiple ? "Pilih berkas, atau seret beberapa ke sini" : "Pilih berkas, atau seret ke sini");
    said.replaceChildren(
      ...lines.map(line => {
        const one = document.createElement("p");
        one.textContent = line;
        return one;
      }),
    );
    zone.classList.toggle("chosen", field.files.length > 0);
  };
  zone.classList.add("told");
  zone.append(said);
  field.addEventListener("change", say);
  for (const [event, over] of Object.entries({ dragenter: true, dragleave: false, drop: false })) {
    field.addEventListener(event, () => zone.classList.toggle("over", over));
  }
  say();
}

/** Have what is inside a part of the page do more. */
function prepare(part) {
  for (const form of part.querySelectorAll("form[data-progress]")) sending(form);
  for (const field of part.querySelectorAll(".drop > input")) dropping(field);
  for (const button of part.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  for (const button of part.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Tersalin";
    });
  }
  for (const button of part.querySelectorAll("[data-save]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", document.getElementById(button.dataset.save).textContent], { type: "text/csv" }));
      link.download = button.dataset.name;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }
  for (const link of part.querySelectorAll("[data-again]")) {
    const ask = async () => {
      const answer = await fetch(link.href, { method: "HEAD" }).catch(() => null);
      const type = answer?.headers.get("content-type") ?? "text/html";
      if (answer?.headers.get("content-disposition") || !type.startsWith("text/html")) {
        link.closest("main").querySelector("[role=status]").textContent = "Sudah jadi; unduhan dimulai.";
        location.assign(link.href);
      } else if (answer && !answer.ok) {
        location.reload();
      } else {
        setTimeout(ask, 1000);
      }
    };
    setTimeout(ask, Number(link.dataset.again) * 300);
  }
}

prepare(document);
live();
