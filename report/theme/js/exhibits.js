// The data of an exhibit as a table in place, sorted as the reader likes; where they come from; and links that are
// copied when followed. Data and provenance are loaded when one of them is first asked for; without scripts there is a
// link to the page that holds them.
(function () {
  "use strict";
  var here = document.currentScript;
  var evidence = null;
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function loadEvidence() {
    if (!evidence) {
      evidence = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = here.dataset.evidence;
        script.onload = function () { resolve(window.balticEvidence); };
        script.onerror = function () { reject(new Error("cannot load " + script.src)); };
        document.head.appendChild(script);
      });
    }
    return evidence;
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

  function makeScroll(name, table) {
    var scroll = element("div");
    scroll.className = "scroll";
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "group");
    scroll.setAttribute("aria-label", name);
    scroll.append(table);
    return scroll;
  }

  function makeLink(address, content) {
    var link = element("a");
    link.href = address;
    link.append(content);
    return link;
  }

  // The datasets of an exhibit, each with the state it was read in.
  function makeSources(names, datasets, page) {
    var list = element("ul");
    names.forEach(function (name) {
      var dataset = datasets[name];
      var line = element("li");
      line.append(
        dataset.address ? makeLink(dataset.address, dataset.title) : dataset.title,
        ". " + dataset.state + " SHA-256 ",
        makeLink(page + "#dataset-" + name, element("code", dataset.digest))
      );
      list.append(line);
    });
    return list;
  }

  function makeOrigin(exhibit, all, address) {
    var line = element("p");
    var notebook = makeLink(new URL("../notebooks/" + all.notebook, here.src), all.notebook);
    notebook.download = "";
    line.append("Computed by ", makeLink(address, "cell " + exhibit.cell), " of ", notebook, ", " + all.revision);
    return line;
  }

  function show(details) {
    var place = details.querySelector(".tool-body");
    var way = place.querySelector("p");
    var label = details.closest(".exhibit").id;
    loadEvidence().then(function (all) {
      var exhibit = all.exhibits[label];
      if (details.className === "data") {
        way.before(makeScroll(details.querySelector("summary").textContent, makeTable(exhibit)));
      } else {
        var address = way.querySelector("a").href;
        place.replaceChildren(
          makeSources(exhibit.sources, all.datasets, address.split("#")[0]),
          makeOrigin(exhibit, all, address)
        );
      }
    }).catch(function (error) {
      console.error("what is behind " + label + " stays on its page:", error);
    });
  }

  // The provenance stands beside the data, with the same way to the page that holds both.
  function addProvenance(data) {
    var details = data.cloneNode(true);
    details.className = "provenance";
    details.querySelector("summary").firstChild.data = "Provenance";
    data.after(details);
    return details;
  }

  document.querySelectorAll("details.data").forEach(function (data) {
    [data, addProvenance(data)].forEach(function (details) {
      details.addEventListener("toggle", function () {
        if (details.open) show(details);
      }, { once: true });
    });
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
