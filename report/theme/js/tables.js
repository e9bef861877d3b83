// Long tables of the report are sorted by their headers: once upwards, once downwards, then as they were printed, which
// is also how they stand without scripts. Groups of rows stay together; what is not known comes last, both ways.
(function () {
  "use strict";
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  var DATE = /^((\d{1,2} )?[A-Z][a-z]+ )?\d{4}(?=$|, )/; // behind the comma stands how exact it is
  var NUMBER = /^[+-]?\d+(\.\d+)?(?=$|%|\u2013[+-]?\d)/; // of a range, the lower end counts
  var ORDERS = { none: "ascending", ascending: "descending", descending: "none" };

  // The words of a cell without the letters of its flags.
  function words(cell) {
    var copy = cell.cloneNode(true);
    copy.querySelectorAll("sup").forEach(function (mark) { mark.remove(); });
    var text = copy.textContent.replace(/\u00a0/g, " ").trim();
    return text === "\u2013" ? "" : text;
  }

  function plainNumber(text) {
    return text.replace(/[,\s]/g, "").replace(/\u2212/g, "-");
  }

  // From the words of a column, all of one kind, to what they are compared by.
  function reader(texts) {
    var known = texts.filter(Boolean);
    if (known.every(function (text) { return NUMBER.test(plainNumber(text)); })) {
      return function (text) { return parseFloat(plainNumber(text)); };
    }
    if (known.every(function (text) { return DATE.test(text); })) {
      return function (text) { return Date.parse(DATE.exec(text)[0]); };
    }
    return null;
  }

  function compare(left, right, read, direction) {
    if (!left || !right) return !left - !right;
    return direction * (read ? read(left) - read(right) : collator.compare(left, right));
  }

  function sortRows(body, rows, column, order) {
    var kept = rows.filter(function (row) { return row.classList.contains("group"); });
    var moved = rows.filter(function (row) { return !row.className; });
    var last = rows.filter(function (row) { return row.classList.contains("summary"); });
    var texts = new Map(moved.map(function (row) { return [row, words(row.cells[column])]; }));
    var read = reader(Array.from(texts.values()));
    if (order !== "none") {
      moved.sort(function (one, other) {
        return compare(texts.get(one), texts.get(other), read, order === "ascending" ? 1 : -1);
      });
    }
    body.append.apply(body, kept.concat(moved, last));
  }

  // The column of each header that heads one alone; those of the first line may reach down beside headings of several.
  function headers(table) {
    var lines = Array.from(table.tHead.rows);
    var taken = lines.map(function () { return []; });
    var found = [];
    lines.forEach(function (line, place) {
      var column = 0;
      Array.from(line.cells).forEach(function (cell) {
        while (taken[place][column]) column += 1;
        for (var down = 0; down < cell.rowSpan; down += 1) {
          for (var across = 0; across < cell.colSpan; across += 1) taken[place + down][column + across] = true;
        }
        if (cell.colSpan === 1 && place + cell.rowSpan === lines.length && cell.textContent.trim()) {
          found.push({ cell: cell, column: column });
        }
        column += cell.colSpan;
      });
    });
    return found;
  }

  document.querySelectorAll("table.sortable").forEach(function (table) {
    var bodies = Array.from(table.tBodies).map(function (body) {
      return { body: body, rows: Array.from(body.rows) };
    });
    var all = headers(table);
    all.forEach(function (header) {
      var button = document.createElement("button");
      button.type = "button";
      button.append.apply(button, Array.from(header.cell.childNodes));
      header.cell.append(button);
      button.addEventListener("click", function () {
        var order = ORDERS[header.cell.getAttribute("aria-sort") || "none"];
        all.forEach(function (other) { other.cell.removeAttribute("aria-sort"); });
        if (order !== "none") header.cell.setAttribute("aria-sort", order);
        bodies.forEach(function (part) { sortRows(part.body, part.rows, header.column, order); });
      });
    });
  });
})();
