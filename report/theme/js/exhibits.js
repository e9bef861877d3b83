// The data of an exhibit as a table in place, sorted as the reader likes, and links that are copied when followed.
// The data are loaded when they are first asked for; without scripts there is a link to the page that holds them.
(function () {
  "use strict";
  var here = document.currentScript;
  var tables = null;
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function loadTables() {
    if (!tables) {
      tables = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = here.dataset.tables;
        script.onload = function () { resolve(window.balticTables); };
        script.onerror = function () { reject(new Error("cannot load " + script.src)); };
        document.head.appendChild(script);
      });
    }
    return tables;
  }

  function element(name, text) {
    var made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // Rows in the order of a column; where nothing is known comes last, both ways.
  function sorted(rows, place, isNumber, direction) {
    return rows.slice().sort(function (one, other) {
      var left = one[place], right = other[place];
      if (left === "" || right === "") return (left === "") - (right === "");
      return direction * (isNumber ? Number(left) - Number(right) : collator.compare(left, right));
    });
  }

  function fill(body, data, rows) {
    body.replaceChildren.apply(body, rows.map(function (row) {
      var line = element("tr");
      row.forEach(function (value, place) {
        var cell = element("td", value);
        if (data.numeric[place]) cell.className = "n";
        line.append(cell);
      });
      return line;
    }));
  }

  function makeTable(data) {
    var table = element("table");
    table.className = "data-table";
    var head = element("tr");
    var body = element("tbody");
    data.columns.forEach(function (name, place) {
      var cell = element("th");
      var button = element("button", name);
      cell.scope = "col";
      if (data.numeric[place]) cell.className = "n";
      button.type = "button";
      button.addEventListener("click", function () {
        var descending = cell.getAttribute("aria-sort") === "ascending";
        Array.from(head.cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
        cell.setAttribute("aria-sort", descending ? "descending" : "ascending");
        fill(body, data, sorted(data.rows, place, data.numeric[place], descending ? -1 : 1));
      });
      cell.append(button);
      head.append(cell);
    });
    fill(body, data, data.rows);
    table.append(element("thead"), body);
    table.tHead.append(head);
    return table;
  }

  function show(details) {
    var place = details.querySelector(".tool-body");
    var link = place.querySelector("p");
    var exhibit = details.closest(".exhibit");
    loadTables().then(function (all) {
      var scroll = element("div");
      scroll.className = "scroll";
      scroll.tabIndex = 0;
      scroll.setAttribute("role", "group");
      scroll.setAttribute("aria-label", details.querySelector("summary").textContent);
      scroll.append(makeTable(all[exhibit.id]));
      place.replaceChildren(scroll, link);
    }).catch(function (error) {
      console.error("the data of " + exhibit.id + " stay on their page:", error);
    });
  }

  document.querySelectorAll("details.data").forEach(function (details) {
    details.addEventListener("toggle", function () {
      if (details.open) show(details);
    }, { once: true });
  });

  document.querySelectorAll(".permalink").forEach(function (link) {
    if (!navigator.clipboard) return;
    var words = link.firstChild;
    var usual = words.data;
    link.addEventListener("click", function () {
      navigator.clipboard.writeText(link.href).then(function () {
        words.data = "Copied";
        link.setAttribute("aria-live", "polite");
        setTimeout(function () { words.data = usual; }, 2000);
      }).catch(function (error) {
        console.info("link not copied:", error.message);
      });
    });
  });
})();
