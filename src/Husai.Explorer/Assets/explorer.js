// The pages are whole without this file: it only saves clicks and loading again.
"use strict";

const typing = () => document.activeElement?.matches("input, textarea, select");

// What grows is asked for again each second and put in place where it has changed.
const refresh = async (region) => {
  if (document.hidden || typing()) return;
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(region.id);
  if (!fresh) return;
  if (fresh.innerHTML !== region.innerHTML) {
    const focused = region.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    region.innerHTML = fresh.innerHTML;
    if (focused) [...region.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  }
  if (!fresh.dataset.live) delete region.dataset.live;
};

const watch = (region) => setTimeout(async () => {
  try {
    await refresh(region);
  } catch {
    // The server is gone: the page stays as it was.
  }
  if (region.dataset.live) watch(region);
}, Number(region.dataset.live));

document.querySelectorAll("[data-live]").forEach(watch);

// The address holds the whole state of a page. A browser lets it be copied from this machine, not over an open connection.
if (navigator.clipboard && location.protocol !== "file:") {
  const copy = document.createElement("button");
  copy.type = "button";
  copy.dataset.copy = "";
  copy.textContent = "Copy the link";
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    copy.textContent = "Copied";
  });
  document.querySelector("header").append(copy);
}

const follow = (selector) => document.querySelector(selector)?.click();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing()) return;
  if (event.key === "j") follow('a[rel="next"]');
  else if (event.key === "k") follow('a[rel="prev"]');
  else if (event.key === "u") follow(".trail a:last-child");
  else if (event.key === "/") {
    event.preventDefault();
    const field = document.querySelector("[data-search]");
    field?.focus();
    field?.select();
  }
});
