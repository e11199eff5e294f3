"use strict";
// Closed details open for printing, except raw data, and close again afterwards.
const printedDetails = () => [...document.querySelectorAll("details:not(.data)")];
let closedDetails = [];
addEventListener("beforeprint", () => {
  closedDetails = printedDetails().filter((details) => !details.open);
  for (const details of closedDetails) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of closedDetails) details.open = false;
});
for (const button of document.querySelectorAll("[data-open],[data-close]")) {
  button.addEventListener("click", () => {
    const trees = document.getElementById(button.dataset.open || button.dataset.close);
    for (const details of trees.querySelectorAll("details")) details.open = "open" in button.dataset;
  });
}
