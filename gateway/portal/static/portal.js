// Live updates, and nothing else: every page works without this file.
//
// An element with data-live="ORDER" (or "*" for anything) and an id is fetched anew and replaced when the gateway says
// that the order has changed; not while somebody fills in a form inside it.
"use strict";

const live = () => [...document.querySelectorAll("[data-live][id]")];

const concerns = (element, orders) =>
  element.dataset.live === "*" || orders.includes("*") || orders.includes(element.dataset.live);

let waiting = null;

const refresh = async (orders) => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const element of live()) {
    const other = fresh.getElementById(element.id);
    if (!other || !concerns(element, orders) || element.contains(document.activeElement)) continue;
    if (other.innerHTML === element.innerHTML) continue;
    element.replaceWith(other);
    other.classList.add("fresh");
  }
};

if (live().length > 0 && "EventSource" in window) {
  const named = new Set();
  const source = new EventSource("/portal/live");
  const status = document.getElementById("live");
  source.onopen = () => { status.textContent = "Live"; };
  source.onerror = () => { status.textContent = "Not live: trying again"; };
  source.onmessage = (message) => {
    for (const order of JSON.parse(message.data).orders) named.add(order);
    waiting ??= setTimeout(() => {
      waiting = null;
      const orders = [...named];
      named.clear();
      refresh(orders).catch(() => {});
    }, 200);
  };
  addEventListener("pagehide", () => source.close());
}
