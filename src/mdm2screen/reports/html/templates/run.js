"use strict";
(() => {
  const table = document.getElementById("patients");
  const body = table.tBodies[0];
  const form = document.querySelector("form.controls");
  const search = form.querySelector("input");
  const choices = [...form.querySelectorAll("select")];
  const shown = document.getElementById("shown");
  const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const cell = (row, column) => row.cells[column];
  const value = (row, column) => cell(row, column).dataset.value ?? cell(row, column).textContent;
  const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));

  const filter = () => {
    const asked = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = choices.filter((one) => one.value);
    let count = 0;
    for (const { row, text } of rows) {
      const fits = asked.every((word) => text.includes(word))
        && chosen.every((one) => value(row, Number(one.dataset.column)) === one.value);
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = `${count} of ${rows.length} patients shown`;
  };

  // What is missing stays last, whichever way the rest is turned.
  const sort = (header, column) => {
    const down = header.getAttribute("aria-sort") === "ascending";
    const numbers = "numbers" in header.dataset;
    const keyed = rows.map((one) => ({ one, key: value(one.row, column) }));
    keyed.sort((a, b) => {
      if (a.key === "" || b.key === "") return (a.key === "") - (b.key === "");
      const order = numbers ? Number(a.key) - Number(b.key) : words.compare(a.key, b.key);
      return down ? -order : order;
    });
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...keyed.map(({ one }) => one.row));
  };

  [...table.tHead.rows[0].cells].forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    button.addEventListener("click", () => sort(header, column));
    header.replaceChildren(button);
  });
  form.addEventListener("input", filter);
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  form.hidden = false;
  filter();
})();
