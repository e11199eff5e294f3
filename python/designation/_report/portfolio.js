(() => {
  const { currency, fields, roles, packed } = JSON.parse(document.getElementById("data").textContent);
  const unpacked = (value) => (Array.isArray(value) ? value.map(unpacked) : packed.values[value]);
  const rows = unpacked(packed.rows);
  const at = Object.fromEntries(fields.map((field, place) => [field.name, place]));
  const columns = ["name", "status", "days_left", "missing", "next", "due", "outstanding"];
  const numbers = new Set(["days_left", "due", "outstanding"]);
  const PAGE = 50;
  const said = (value) => (typeof value === "number" ? value.toLocaleString("en-US") : value ?? "");
  const searched = rows.map((row) =>
    ["id", "name", "status", "missing", "next"].map((name) => row[at[name]]).join("\n").toLowerCase(),
  );
  const urgency = new Map();
  for (const row of rows) if (!urgency.has(row[at.status])) urgency.set(row[at.status], urgency.size);
  const names = new Intl.Collator(undefined, { numeric: true });

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const byId = (id) => document.getElementById(id);
  const [table, search, only] = [byId("table"), byId("search"), byId("only")];
  const [head, body] = [table.tHead, table.tBodies[0]];
  let order = rows.map((_, place) => place);
  let shown = order;
  let page = 0;
  let sorted = { name: "status", down: false };

  const compared = (name) => (a, b) => {
    const [left, right] = [rows[a][at[name]], rows[b][at[name]]];
    if (name === "status") return urgency.get(left) - urgency.get(right);
    if (numbers.has(name)) return left - right;
    return names.compare(left, right);
  };

  const sort = (name) => {
    sorted = { name, down: sorted.name === name && !sorted.down };
    const compare = compared(name);
    const unknown = (place) => rows[place][at[name]] === null;
    // Rows came in the order of urgency; equal ones keep it, and what is unknown comes last either way.
    order = rows.map((_, place) => place).sort(
      (a, b) => unknown(a) - unknown(b) || (sorted.down ? compare(b, a) : compare(a, b)) || a - b,
    );
    find();
  };

  const find = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = order.filter(
      (place) =>
        (!only.value || rows[place][at.status] === only.value) &&
        words.every((word) => searched[place].includes(word)),
    );
    page = 0;
    for (const button of document.querySelectorAll("[data-filter]"))
      button.setAttribute("aria-pressed", String(button.dataset.filter === only.value));
    draw();
  };

  const pairs = (group, row) =>
    element(
      "div",
      {},
      element("h3", {}, group),
      element(
        "dl",
        { class: "pairs" },
        ...fields
          .filter((field) => field.group === group && row[at[field.name]] !== null)
          .map((field) => element("div", {}, element("dt", {}, field.label), element("dd", {}, said(row[at[field.name]])))),
      ),
    );

  const list = (label, items) =>
    items.length ? [element("h3", {}, label), element("ul", {}, ...items.map((item) => element("li", {}, item)))] : [];

  const summary = (row) => {
    const actions = row[at.actions].map(
      ([actor, what, by, fee]) => `${actor}${by ? `, by ${by}` : ""}: ${what}${fee ? `, ${said(fee)} ${currency}` : ""}`,
    );
    const groups = [...new Set(fields.map((field) => field.group).filter(Boolean))];
    return [
      ...list(fields[at.actions].label, actions),
      element("div", { class: "columns" }, ...groups.map((group) => pairs(group, row))),
      ...list(fields[at.findings].label, row[at.findings]),
    ];
  };

  const open = (button, place, line) => {
    const opened = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!opened));
    if (opened) line.nextElementSibling.remove();
    else
      line.after(
        element("tr", { class: "summary", id: `partner-${place}` }, element("td", { colspan: columns.length }, ...summary(rows[place]))),
      );
  };

  const lineOf = (place) => {
    const row = rows[place];
    const button = element(
      "button",
      { type: "button", class: "open", "aria-expanded": "false", "aria-controls": `partner-${place}` },
      element("bdi", {}, row[at.name]),
    );
    const who = element("th", { scope: "row" }, button);
    if (row[at.id] !== row[at.name]) who.append(element("bdi", { class: "id" }, row[at.id]));
    const line = element("tr", {}, who);
    const status = element("td", { class: "status" }, element("span", { class: `chip ${roles[row[at.status]]}` }, row[at.status]));
    if (row[at.at_risk] === "yes") status.append(" ", element("span", { class: "chip bad" }, "at risk"));
    line.append(status);
    for (const name of columns.slice(2)) {
      const value = row[at[name]];
      const unknown = value === null && name !== "days_left" ? "unknown" : said(value);
      line.append(element("td", { class: `${name}${numbers.has(name) ? " number" : ""}` }, unknown));
    }
    button.addEventListener("click", () => open(button, place, line));
    return line;
  };

  const draw = () => {
    const pages = Math.max(Math.ceil(shown.length / PAGE), 1);
    body.replaceChildren(...shown.slice(page * PAGE, (page + 1) * PAGE).map(lineOf));
    byId("found").textContent = `${said(shown.length)} of ${said(rows.length)} partners`;
    byId("page").textContent = `Page ${said(page + 1)} of ${said(pages)}`;
    byId("previous").disabled = page === 0;
    byId("following").disabled = page >= pages - 1;
    for (const cell of head.rows[0].cells) {
      const by = cell.dataset.name === sorted.name;
      cell.setAttribute("aria-sort", by ? (sorted.down ? "descending" : "ascending") : "none");
    }
  };

  const turn = (pages) => {
    page += pages;
    draw();
    byId("partners").scrollIntoView();
  };

  head.append(
    element(
      "tr",
      {},
      ...columns.map((name) => {
        const button = element("button", { type: "button" }, fields[at[name]].label);
        button.addEventListener("click", () => sort(name));
        return element("th", { scope: "col", class: `${name}${numbers.has(name) ? " number" : ""}`, "data-name": name }, button);
      }),
    ),
  );
  search.addEventListener("input", find);
  only.addEventListener("change", find);
  byId("previous").addEventListener("click", () => turn(-1));
  byId("following").addEventListener("click", () => turn(1));
  for (const button of document.querySelectorAll("[data-filter]"))
    button.addEventListener("click", () => {
      only.value = only.value === button.dataset.filter ? "" : button.dataset.filter;
      find();
    });
  draw();
  byId("no-script").remove();
})();
