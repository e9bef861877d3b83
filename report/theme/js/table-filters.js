// Rows of a long table chosen by what they say: by the value of a column, of a group, or of what the table does not print
// (a mark of the row), and by words. Without scripts, and on paper, the table is whole.
(function () {
  "use strict";

  function words(cell) {
    return cell.textContent.replace(/\u00a0/g, " ").trim();
  }

  // Letters as they are typed in a hurry: small, without accents.
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2010-\u2013\u2212]/g, "-").toLowerCase();
  }

  function value(row, place) {
    if (place.mark) return row.dataset.is.split(" ")[place.mark];
    if (place.column) return words(row.cells[place.column]);
    return words(row.parentNode.rows[0].cells[0]);
  }

  // What each row says, read when a reader first asks.
  function readRows(bodies, choices) {
    return bodies.flatMap(function (body) {
      var lines = Array.from(body.rows);
      var headings = lines.filter(function (row) { return row.className === "group"; });
      return lines.filter(function (row) { return !row.className; }).map(function (row) {
        return {
          row: row,
          values: choices.map(function (choice) { return value(row, choice.dataset); }),
          text: plain(headings.concat(Array.from(row.cells)).map(words).join(" "))
        };
      });
    });
  }

  function start(form) {
    var table = form.parentNode.querySelector("table");
    var bodies = Array.from(table.tBodies);
    var choices = Array.from(form.querySelectorAll("select"));
    var field = form.querySelector("input");
    var status = form.querySelector(".rows-shown");
    var all = status.textContent;
    var rows = null;

    function show() {
      var sought = plain(field.value).split(/\s+/).filter(Boolean);
      rows = rows || readRows(bodies, choices);
      var kept = rows.filter(function (one) {
        one.row.hidden = choices.some(function (choice, place) {
          return choice.value && choice.value !== one.values[place];
        }) || sought.some(function (word) { return !one.text.includes(word); });
        return !one.row.hidden;
      }).map(function (one) { return one.row; });
      var some = kept.length < rows.length;
      bodies.forEach(function (body) {
        body.hidden = some && !kept.some(function (row) { return row.parentNode === body; });
        // what sums up all rows says nothing of some
        body.querySelectorAll(".summary").forEach(function (row) { row.hidden = some; });
      });
      status.textContent = some ? kept.length + " of " + all : all;
    }

    form.addEventListener("input", show);
    // what is asked for is shown already: the key of the field must not press the button
    field.addEventListener("keydown", function (event) {
      if (event.key === "Enter") event.preventDefault();
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      form.reset();
      show();
    });
  }

  document.querySelectorAll(".filters").forEach(start);
})();
