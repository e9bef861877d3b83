// Search over the sections of the report. Accents are folded, so that "kilis" finds "Ķīlis". Needs no server.
(function () {
  "use strict";
  var MOST_RESULTS = 10;
  var field = document.getElementById("search-field");
  var results = document.getElementById("search-results");
  var waiting = null;

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function loadIndex() {
    if (!waiting) {
      waiting = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = "assets/search-index.js";
        script.onload = function () {
          resolve(window.balticSearch.map(function (entry) {
            return { entry: entry, title: fold(entry.title), text: fold(entry.text) };
          }));
        };
        script.onerror = reject;
        document.head.appendChild(script);
      });
    }
    return waiting;
  }

  // A word in the title counts for ten in the text; every word must occur.
  function score(item, words) {
    var total = 0;
    for (var i = 0; i < words.length; i += 1) {
      var inTitle = item.title.includes(words[i]) ? 10 : 0;
      var inText = Math.min(item.text.split(words[i]).length - 1, 6);
      if (!inTitle && !inText) return 0;
      total += inTitle + inText;
    }
    return total;
  }

  function excerpt(item, words) {
    var text = item.entry.text;
    var folded = item.text;
    // folding keeps the length for every letter used here; when it does not, the beginning serves
    var place = folded.length === text.length ? Math.max(folded.indexOf(words[0]), 0) : 0;
    var start = place < 60 ? 0 : text.indexOf(" ", place - 50) + 1;
    var line = document.createElement("span");
    line.append((start ? "… " : "") + text.slice(start, place));
    if (place && folded.startsWith(words[0], place)) {
      var mark = document.createElement("mark");
      mark.textContent = text.slice(place, place + words[0].length);
      line.append(mark, text.slice(place + words[0].length, place + 90) + " …");
    } else {
      line.append(text.slice(place, place + 90) + " …");
    }
    return line;
  }

  function show(found, words) {
    results.replaceChildren();
    if (!found.length) {
      var nothing = document.createElement("p");
      nothing.textContent = "Nothing found";
      results.append(nothing);
    } else {
      var list = document.createElement("ul");
      found.forEach(function (item) {
        var row = document.createElement("li");
        var link = document.createElement("a");
        var title = document.createElement("strong");
        link.href = item.entry.address;
        title.textContent = item.entry.title;
        link.append(title);
        if (item.entry.page !== item.entry.title) {
          var page = document.createElement("span");
          page.textContent = item.entry.page;
          link.append(page);
        }
        link.append(excerpt(item, words));
        row.append(link);
        list.append(row);
      });
      results.append(list);
    }
    results.hidden = false;
  }

  function search() {
    var words = fold(field.value).split(/\s+/).filter(function (word) { return word.length > 1; });
    if (!words.length) {
      results.hidden = true;
      return;
    }
    loadIndex().then(function (items) {
      var scored = items.map(function (item) { return { item: item, score: score(item, words) }; });
      var found = scored.filter(function (one) { return one.score > 0; });
      found.sort(function (one, other) { return other.score - one.score; });
      show(found.slice(0, MOST_RESULTS).map(function (one) { return one.item; }), words);
    });
  }

  function links() {
    return Array.from(results.querySelectorAll("a"));
  }

  function move(event) {
    var all = links();
    var place = all.indexOf(document.activeElement);
    if (event.key === "Escape") {
      results.hidden = true;
      field.focus();
    } else if (event.key === "ArrowDown" && !results.hidden && all.length) {
      event.preventDefault();
      all[Math.min(place + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      event.preventDefault();
      (all[place - 1] || field).focus();
    } else if (event.key === "Enter" && event.target === field && all.length) {
      location.href = all[0].href;
      results.hidden = true;
    }
  }

  field.addEventListener("input", search);
  field.addEventListener("focus", loadIndex, { once: true });
  field.parentElement.addEventListener("keydown", move);
  results.addEventListener("click", function (event) {
    if (event.target.closest("a")) results.hidden = true;
  });
  document.addEventListener("click", function (event) {
    if (!field.parentElement.contains(event.target)) results.hidden = true;
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(input|textarea|select)$/i.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      field.focus();
    }
  });
})();
