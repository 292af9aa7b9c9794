"use strict";
const state = document.getElementById("state");
const view = document.getElementById("view");
const events = new EventSource("events");
let over = false;
events.addEventListener("view", event => {
  const open = new Set([...view.querySelectorAll("details[open] > summary")].map(s => s.textContent));
  const moved = [...view.querySelectorAll(".scroll")].map(s => s.scrollLeft);
  view.innerHTML = event.data;
  view.querySelectorAll("details").forEach(d => { d.open = open.has(d.firstElementChild.textContent); });
  view.querySelectorAll(".scroll").forEach((s, i) => { s.scrollLeft = moved[i] || 0; });
  state.textContent = "Live: changes as training goes on.";
});
events.addEventListener("end", event => {
  over = true;
  state.textContent = event.data;
});
events.addEventListener("error", () => {
  if (over) {
    events.close();
  } else {
    state.textContent = "The connection is lost; trying again …";
  }
});
