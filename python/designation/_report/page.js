"use strict";
// What is closed is opened for the printer, and closed again; the raw data stays as it is.
const printed = () => [...document.querySelectorAll("details:not(.data)")];
let closed = [];
addEventListener("beforeprint", () => {
  closed = printed().filter((one) => !one.open);
  for (const one of closed) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of closed) one.open = false;
});
for (const button of document.querySelectorAll("[data-open],[data-close]")) {
  button.addEventListener("click", () => {
    const trees = document.getElementById(button.dataset.open || button.dataset.close);
    for (const one of trees.querySelectorAll("details")) one.open = "open" in button.dataset;
  });
}
