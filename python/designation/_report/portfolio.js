(() => {
  const { currency, fields, tokens, links, packed } = JSON.parse(document.getElementById("data").textContent);
  const unpack = (value) => (Array.isArray(value) ? value.map(unpack) : packed.values[value]);
  const rows = unpack(packed.rows).map((values, index) => ({
    ...Object.fromEntries(fields.map((field, place) => [field.name, values[place]])),
    index,
  }));
  const byId = (id) => document.getElementById(id);
  const table = byId("table");
  const [head, body] = [table.tHead, table.tBodies[0]];
  const pattern = body.rows[0];
  const columns = [...head.rows[0].cells].map((cell) => cell.dataset.name);
  const numericColumns = new Set(["days_left", "due", "outstanding"]);
  const [PAGE_SIZE, LIST_SIZE] = [50, 50];
  const format = (value) => (typeof value === "number" ? value.toLocaleString("en-US") : value ?? "");
  const count = (number, noun) => `${format(number)} ${noun}${number === 1 ? "" : "s"}`;

  // Letters that have no decomposition in Unicode, as people type them who do not have them on the keyboard.
  const LETTERS = { æ: "ae", œ: "oe", ø: "o", ß: "ss", ð: "d", đ: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ŋ: "n", ŧ: "t" };
  const fold = (text) =>
    text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\0-\x7f]/gu, (c) => LETTERS[c] ?? c);
  const searched = fields.filter(
    ({ name, group }) => group === "Columns" || ["id", "name", "status", "missing", "next"].includes(name),
  );
  const searchTexts = rows.map((row) =>
    fold([...searched.map(({ name }) => row[name]), row.at_risk === "yes" ? "at risk" : ""].join("\n")),
  );
  const collator = new Intl.Collator("en", { numeric: true });

  const createElement = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const chip = (token, text) => createElement("span", { class: `chip ${token}` }, text);

  // Each control is a part of the state, which is also in the URL; `data-filter` holds a state as a URL does.
  const controls = [...document.querySelectorAll("[data-key]")];
  const groupField = controls.find((control) => control.dataset.key === "group")?.dataset.field;
  const actionsOf = (row, { action, due }) =>
    row.actions.filter(([label, , , period]) => (!action || label === action) && (!due || period === due));
  const endsOf = (row, month) => row.ends.filter(([label]) => label === month);
  const matches = (row, state) =>
    (!state.status || (state.status === "at risk" ? row.at_risk === "yes" : row.status === state.status)) &&
    (state.group === undefined || row[groupField] === state.group) &&
    (!(state.action || state.due) || actionsOf(row, state).length > 0) &&
    (!state.ends || endsOf(row, state.ends).length > 0);
  let state = {};
  let matchingRows = rows;
  let page = 0;

  const readState = (text) => {
    const known = new Set(controls.map((control) => control.dataset.key));
    return Object.fromEntries([...new URLSearchParams(text)].filter(([key]) => known.has(key)));
  };
  const valueOf = (control) => (control.matches("[data-key=search],[data-key=sort]") ? control.value : control.value.slice(1));
  const readControls = () =>
    Object.fromEntries(
      controls.filter((control) => control.value).map((control) => [control.dataset.key, valueOf(control)]),
    );
  const setControls = () => {
    for (const control of controls) {
      const value = state[control.dataset.key];
      control.value = value === undefined ? "" : control.matches("[data-key=search],[data-key=sort]") ? value : `=${value}`;
      if (control.selectedIndex === -1) control.value = "";
    }
    state = readControls();
  };
  const writeState = () => {
    // A page that another page embeds has no URL of its own.
    if (location.protocol !== "about:") history.replaceState(null, "", `#${new URLSearchParams(state)}`);
  };

  const compareBy = (name) => {
    if (numericColumns.has(name)) return (a, b) => a[name] - b[name];
    return (a, b) => collator.compare(a[name], b[name]);
  };
  const update = () => {
    const words = fold(state.search ?? "").split(/\s+/).filter(Boolean);
    matchingRows = rows.filter(
      (row) => matches(row, state) && words.every((word) => searchTexts[row.index].includes(word)),
    );
    const sort = state.sort ?? "";
    const [name, sign] = sort.startsWith("-") ? [sort.slice(1), -1] : [sort, 1];
    // The rows of the data are in the order of urgency, which equal rows keep. Unknown values always come last.
    if (name) {
      const compare = compareBy(name);
      const isUnknown = (row) => row[name] === null;
      matchingRows.sort((a, b) => isUnknown(a) - isUnknown(b) || sign * compare(a, b) || a.index - b.index);
    }
    page = 0;
    for (const cell of head.rows[0].cells) {
      const isSorted = cell.dataset.name === name;
      cell.setAttribute("aria-sort", isSorted ? (sign < 0 ? "descending" : "ascending") : "none");
    }
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
          .filter((field) => field.group === group && (row[field.name] ?? "") !== "")
          .map((field) =>
            createElement(
              "div",
              {},
              createElement("dt", {}, field.label),
              createElement("dd", {}, format(row[field.name])),
            ),
          ),
      ),
    );
  const list = (label, items) =>
    items.length
      ? [createElement("h3", {}, label), createElement("ul", {}, ...items.map((item) => createElement("li", {}, item)))]
      : [];
  const money = (fee) => (fee ? [`${format(fee)} ${currency}`] : []);
  const summaryOf = (row) => {
    const actions = row.actions.map(([label, by, fee]) => {
      const [actor, ...what] = label.split(": ");
      return [`${actor}${by ? `, by ${by}` : ""}: ${what.join(": ")}`, ...money(fee)].join(", ");
    });
    const groups = [...new Set(fields.map((field) => field.group).filter(Boolean))];
    return [
      ...list("What to do next", actions),
      createElement("div", { class: "columns" }, ...groups.map((group) => fieldGroup(group, row))),
      ...list("Findings", row.findings),
    ];
  };

  const nameOf = (row) => {
    const name = createElement("bdi", {}, row.name);
    return links.length ? createElement("a", { href: links[row.index] }, name) : name;
  };
  const noteOf = (row, filter) => {
    if (filter.action || filter.due)
      return actionsOf(row, filter).map(([, by, fee]) => [by ? `by ${by}` : "no deadline", ...money(fee)].join(", ")).join("; ");
    if (filter.ends) return endsOf(row, filter.ends).map(([, what, day]) => `${what} ${day}`).join(", ");
    return [row.status, ...(row.deadline ? [`by ${row.deadline}`] : [])].join(", ");
  };
  const partnersOf = (text) => {
    const filter = readState(text);
    const found = rows.filter((row) => matches(row, filter));
    const dateOf = (row) => /\d{4}-\d\d-\d\d/.exec(noteOf(row, filter))?.[0] ?? "9999";
    const sorted = found.map((row) => [dateOf(row), row]).sort(([a, one], [b, other]) => (a < b ? -1 : a > b ? 1 : one.index - other.index));
    const items = sorted.slice(0, LIST_SIZE).map(([, row]) => createElement("li", {}, nameOf(row), ` ${noteOf(row, filter)}`));
    const link = createElement("a", { href: `#${text}` }, `Show ${count(found.length, "partner")} in the table`);
    return [createElement("ul", { class: "names" }, ...items), createElement("p", {}, link)];
  };

  // A button opens a row below its own.
  let opened = 0;
  const makeOpener = (button, tableRow, build) => {
    const id = `opened-${(opened += 1)}`;
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", id);
    button.addEventListener("click", () => {
      const isOpen = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!isOpen));
      if (isOpen) return tableRow.nextElementSibling.remove();
      const cell = createElement("td", { role: "cell", colspan: 99 }, ...build());
      tableRow.after(createElement("tr", { role: "row", class: "summary", id }, cell));
    });
    return button;
  };
  for (const cell of document.querySelectorAll("[data-filter]")) {
    const button = createElement("button", { type: "button", class: "open" }, ...cell.childNodes);
    cell.append(makeOpener(button, cell.parentNode, () => partnersOf(cell.dataset.filter)));
  }

  const createRow = (row) => {
    const tableRow = pattern.cloneNode(true);
    const [partner, ...cells] = tableRow.cells;
    const button = createElement("button", { type: "button", class: "open" });
    makeOpener(button, tableRow, () => summaryOf(row));
    if (links.length) {
      button.setAttribute("aria-label", `Summary of ${row.name}`);
      partner.replaceChildren(button, nameOf(row));
    } else {
      button.append(nameOf(row));
      partner.replaceChildren(button);
    }
    if (row.id !== row.name) partner.append(createElement("bdi", { class: "id" }, row.id));
    for (const cell of cells) {
      const { name } = cell.dataset;
      cell.classList.add(name);
      const isUnknown = row[name] === null && (name === "due" || name === "outstanding");
      if (name !== "status") cell.textContent = isUnknown ? "unknown" : format(row[name]);
      else cell.replaceChildren(chip(tokens[row.status], row.status));
      if (name === "status" && row.at_risk === "yes") cell.append(" ", chip("at_risk", "at risk"));
    }
    return tableRow;
  };

  const showRows = (first, last) => body.replaceChildren(...matchingRows.slice(first, last).map(createRow));
  const showPage = () => {
    const pages = Math.max(Math.ceil(matchingRows.length / PAGE_SIZE), 1);
    showRows(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
    byId("found").textContent = `${format(matchingRows.length)} of ${count(rows.length, "partner")}`;
    byId("page").textContent = `Page ${format(page + 1)} of ${format(pages)}`;
    byId("previous").disabled = page === 0;
    byId("following").disabled = page >= pages - 1;
    byId("paging").hidden = pages === 1;
  };
  const turnPage = (pages) => {
    page += pages;
    showPage();
    byId("partners").scrollIntoView();
  };
  // Paper shows all partners that match, not just a page of them.
  addEventListener("beforeprint", () => showRows(0));
  addEventListener("afterprint", showPage);

  // A spreadsheet would evaluate a text that begins like a formula; with an apostrophe, it shows the text. This is the
  // guard of the package, which its readers remove again.
  const isNumber = (text) => /^'*[+-]?\d+([.,]\d+)*$/.test(text);
  const guard = (value) => {
    const inside = value.replace(/([;\t|\r\n]["\s\u200b-\u200f\u2060\u180e]*|,"*)(?='*[=+\-@＝＋－＠])/g, "$1'");
    const isRisky = /^'*(["\s\u200b-\u200f\u2060\u180e]*[=+\-@＝＋－＠]|[\s\u200b-\u200f\u2060\u180e]|$)/.test(inside);
    const isTrimmed = /[\s\u200b-\u200f\u2060\u180e]$/.test(inside);
    return value && (isRisky || isTrimmed) && !isNumber(inside) ? `'${inside}` : inside;
  };
  const csvCell = (value) => {
    const text = typeof value === "string" ? guard(value) : String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const csv = () => {
    const cells = fields.map(({ name, label }) => {
      if (name === "actions") return [label, (row) => row.actions.map(([what, by]) => what + (by ? ` (by ${by})` : "")).join("; ")];
      if (name === "ends") return [label, (row) => row.ends.map(([, what, day]) => `${what} ${day}`).join("; ")];
      return [label, (row) => (name === "findings" ? row.findings.join("; ") : row[name])];
    });
    const lines = [cells.map(([label]) => label), ...matchingRows.map((row) => cells.map(([, read]) => read(row)))];
    return lines.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
  };
  byId("download").addEventListener("click", () => {
    // The mark at the beginning tells spreadsheets that the text is UTF-8.
    const url = URL.createObjectURL(new Blob(["\ufeff", csv()], { type: "text/csv" }));
    createElement("a", { href: url, download: "partners.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });

  for (const cell of head.rows[0].cells) {
    const button = createElement("button", { type: "button" }, ...cell.childNodes);
    cell.append(button);
    button.addEventListener("click", () => {
      const { name } = cell.dataset;
      state.sort = state.sort === name ? `-${name}` : name;
      setControls();
      writeState();
      update();
    });
  }
  const changeState = () => {
    state = readControls();
    writeState();
    update();
  };
  for (const control of controls) control.addEventListener(control.type === "search" ? "input" : "change", changeState);
  byId("clear").addEventListener("click", () => {
    for (const control of controls) control.value = "";
    changeState();
  });
  byId("previous").addEventListener("click", () => turnPage(-1));
  byId("following").addEventListener("click", () => turnPage(1));

  const showUrl = () => {
    const text = location.hash.slice(1);
    if (text && !text.includes("=")) return; // the link to a section
    state = readState(text);
    setControls();
    update();
  };
  addEventListener("hashchange", () => {
    showUrl();
    if (location.hash.includes("=")) byId("partners").scrollIntoView();
  });
  update();
  showUrl();
  byId("controls").hidden = false;
  byId("no-script")?.remove();
})();
