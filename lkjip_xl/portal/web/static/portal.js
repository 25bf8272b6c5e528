// What makes the pages more pleasant where scripts run; all of them work without.
"use strict";

/** Show the state of a page anew as long as it says that something is still to come. */
function live() {
  const main = document.getElementById("isi");
  const seconds = Number(main.dataset.live);
  if (!seconds) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "live" } });
      if (answer.ok) replaceMain(await answer.text());
    } catch {
      // the portal cannot be reached at the moment
    }
    live();
  }, seconds * 1000);
}

/** Put the main part of another page in place of this one's, unless nothing has changed or somebody is writing in it. */
function replaceMain(text) {
  const other = new DOMParser().parseFromString(text, "text/html");
  const fresh = other.getElementById("isi");
  const main = document.getElementById("isi");
  if (!fresh || (main.contains(document.activeElement) && document.activeElement.matches("input, textarea, select"))) return;
  if (fresh.innerHTML !== main.innerHTML) {
    main.replaceWith(document.adoptNode(fresh));
    document.title = other.title;
    prepare(fresh);
  } else if (!fresh.dataset.live) {
    delete main.dataset.live;
  }
}

/** Send a form with files so that it can be seen how far it is. */
function sending(form) {
  form.addEventListener("submit", event => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    const button = form.querySelector("button");
    const told = document.createElement("p");
    const bar = document.createElement("progress");
    told.setAttribute("role", "status");
    bar.max = 100;
    bar.setAttribute("aria-label", "Terkirim");
    form.append(bar, told);
    button.disabled = true;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = (100 * loaded) / total;
      told.textContent = loaded < total ? `Mengirim: ${Math.floor((100 * loaded) / total)} %` : "Terkirim; menunggu jawaban …";
    });
    request.addEventListener("load", () => {
      const shown = document.getElementById("isi");
      if (request.status < 400) {
        location.assign(request.responseURL);
      } else {
        replaceWhole(request.responseText, shown);
      }
    });
    request.addEventListener("error", () => {
      told.textContent = "Sambungan terputus. Berkas belum tentu diterima; kirim lagi, kiriman yang sama tidak dihitung dua kali.";
      told.setAttribute("role", "alert");
      bar.remove();
      button.disabled = false;
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
}

function replaceWhole(text, main) {
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("isi");
  if (!fresh) {
    location.reload();
    return;
  }
  main.replaceWith(document.adoptNode(fresh));
  prepare(fresh);
  fresh.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
}

/** Have what is inside a part of the page do more. */
function prepare(part) {
  for (const form of part.querySelectorAll("form[data-progress]")) sending(form);
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
