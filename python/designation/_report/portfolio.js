(() => {
  const { currency, fields, roles, packed } = JSON.parse(document.getElementById("data").textContent);
  const unpack = (value) => (Array.isArray(value) ? value.map(unpack) : packed.values[value]);
  const rows = unpack(packed.rows);
  const indexOf = Object.fromEntries(fields.map((field, index) => [field.name, index]));
  const columns = ["name", "status", "days_left", "missing", "next", "due", "outstanding"];
  const numericColumns = new Set(["days_left", "due", "outstanding"]);
  const PAGE_SIZE = 50;
  const format = (value) => (typeof value === "number" ? value.toLocaleString("en-US") : value ?? "");
  const searchTexts = rows.map((row) =>
    ["id", "name", "status", "missing", "next"].map((name) => row[indexOf[name]]).join("\n").toLowerCase(),
  );
  const urgency = new Map();
  for (const row of rows) if (!urgency.has(row[indexOf.status])) urgency.set(row[indexOf.status], urgency.size);
  const collator = new Intl.Collator(undefined, { numeric: true });

  const createElement = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const byId = (id) => document.getElementById(id);
  const [table, searchBox, statusFilter] = [byId("table"), byId("search"), byId("only")];
  const [head, body] = [table.tHead, table.tBodies[0]];
  let sortedRows = rows.map((_, index) => index);
  let matchingRows = sortedRows;
  let page = 0;
  let sorting = { name: "status", descending: false };

  const comparator = (name) => (a, b) => {
    const [left, right] = [rows[a][indexOf[name]], rows[b][indexOf[name]]];
    if (name === "status") return urgency.get(left) - urgency.get(right);
    if (numericColumns.has(name)) return left - right;
    return collator.compare(left, right);
  };

  const sort = (name) => {
    sorting = { name, descending: sorting.name === name && !sorting.descending };
    const compare = comparator(name);
    const isUnknown = (index) => rows[index][indexOf[name]] === null;
    // The rows of the data are in the order of urgency, which equal rows keep. Unknown values always come last.
    sortedRows = rows.map((_, index) => index).sort(
      (a, b) => isUnknown(a) - isUnknown(b) || (sorting.descending ? compare(b, a) : compare(a, b)) || a - b,
    );
    filter();
  };

  const filter = () => {
    const words = searchBox.value.toLowerCase().split(/\s+/).filter(Boolean);
    matchingRows = sortedRows.filter(
      (index) =>
        (!statusFilter.value || rows[index][indexOf.status] === statusFilter.value) &&
        words.every((word) => searchTexts[index].includes(word)),
    );
    page = 0;
    for (const button of document.querySelectorAll("[data-filter]"))
      button.setAttribute("aria-pressed", String(button.dataset.filter === statusFilter.value));
    showPage();
  };

  const fieldGroup = (group, row) =>
    createElement(
      "div",
      {},
      createElement("h3", {}, group),
      createElement(
        "dl",
        { class: "pairs" },
        ...fields
          .filter((field) => field.group === group && row[indexOf[field.name]] !== null)
          .map((field) =>
            createElement(
              "div",
              {},
              createElement("dt", {}, field.label),
              createElement("dd", {}, format(row[indexOf[field.name]])),
            ),
          ),
      ),
    );

  const list = (label, items) =>
    items.length
      ? [createElement("h3", {}, label), createElement("ul", {}, ...items.map((item) => createElement("li", {}, item)))]
      : [];

  const summary = (row) => {
    const actions = row[indexOf.actions].map(
      ([actor, what, by, fee]) => `${actor}${by ? `, by ${by}` : ""}: ${what}${fee ? `, ${format(fee)} ${currency}` : ""}`,
    );
    const groups = [...new Set(fields.map((field) => field.group).filter(Boolean))];
    return [
      ...list(fields[indexOf.actions].label, actions),
      createElement("div", { class: "columns" }, ...groups.map((group) => fieldGroup(group, row))),
      ...list(fields[indexOf.findings].label, row[indexOf.findings]),
    ];
  };

  const toggleSummary = (button, index, tableRow) => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) tableRow.nextElementSibling.remove();
    else {
      const cell = createElement("td", { colspan: columns.length }, ...summary(rows[index]));
      tableRow.after(createElement("tr", { class: "summary", id: `partner-${index}` }, cell));
    }
  };

  const createRow = (index) => {
    const row = rows[index];
    const button = createElement(
      "button",
      { type: "button", class: "open", "aria-expanded": "false", "aria-controls": `partner-${index}` },
      createElement("bdi", {}, row[indexOf.name]),
    );
    const partner = createElement("th", { scope: "row" }, button);
    if (row[indexOf.id] !== row[indexOf.name]) partner.append(createElement("bdi", { class: "id" }, row[indexOf.id]));
    const tableRow = createElement("tr", {}, partner);
    const chip = createElement("span", { class: `chip ${roles[row[indexOf.status]]}` }, row[indexOf.status]);
    const status = createElement("td", { class: "status" }, chip);
    if (row[indexOf.at_risk] === "yes") status.append(" ", createElement("span", { class: "chip bad" }, "at risk"));
    tableRow.append(status);
    for (const name of columns.slice(2)) {
      const value = row[indexOf[name]];
      const text = value === null && name !== "days_left" ? "unknown" : format(value);
      tableRow.append(createElement("td", { class: `${name}${numericColumns.has(name) ? " number" : ""}` }, text));
    }
    button.addEventListener("click", () => toggleSummary(button, index, tableRow));
    return tableRow;
  };

  const showPage = () => {
    const pages = Math.max(Math.ceil(matchingRows.length / PAGE_SIZE), 1);
    body.replaceChildren(...matchingRows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE).map(createRow));
    byId("found").textContent = `${format(matchingRows.length)} of ${format(rows.length)} partners`;
    byId("page").textContent = `Page ${format(page + 1)} of ${format(pages)}`;
    byId("previous").disabled = page === 0;
    byId("following").disabled = page >= pages - 1;
    for (const cell of head.rows[0].cells) {
      const isSorted = cell.dataset.name === sorting.name;
      cell.setAttribute("aria-sort", isSorted ? (sorting.descending ? "descending" : "ascending") : "none");
    }
  };

  const turnPage = (pages) => {
    page += pages;
    showPage();
    byId("partners").scrollIntoView();
  };

  head.append(
    createElement(
      "tr",
      {},
      ...columns.map((name) => {
        const button = createElement("button", { type: "button" }, fields[indexOf[name]].label);
        button.addEventListener("click", () => sort(name));
        const className = `${name}${numericColumns.has(name) ? " number" : ""}`;
        return createElement("th", { scope: "col", class: className, "data-name": name }, button);
      }),
    ),
  );
  searchBox.addEventListener("input", filter);
  statusFilter.addEventListener("change", filter);
  byId("previous").addEventListener("click", () => turnPage(-1));
  byId("following").addEventListener("click", () => turnPage(1));
  for (const button of document.querySelectorAll("[data-filter]"))
    button.addEventListener("click", () => {
      statusFilter.value = statusFilter.value === button.dataset.filter ? "" : button.dataset.filter;
      filter();
    });
  showPage();
  byId("no-script").remove();
})();
