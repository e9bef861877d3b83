// Search over sections, figures and tables. Accents are folded, so that "kilis" finds "Ķīlis". Needs no server. It comes
// when a reader turns to the field (see navigation.js), so what was typed meanwhile is searched at once.
(function () {
  "use strict";
  var MOST_RESULTS = 12;
  var KINDS = { chapter: "Chapter", page: "Page", section: "Section", figure: "Figure", table: "Table" };
  // letters that are a letter of their own, not a letter with an accent
  var LETTERS = { "ł": "l", "ø": "o", "đ": "d", "ı": "i" };
  // the script lies in the folder assets, so the site is the folder above: also for a page in a folder of its own
  var site = new URL("..", document.currentScript.src);
  var field = document.getElementById("search-field");
  var results = document.getElementById("search-results");
  var status = document.getElementById("search-status");
  var waiting = null;

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[łøđı]/g, function (letter) { return LETTERS[letter]; }).replace(/\u00a0/g, " ");
  }

  function loadIndex() {
    if (!waiting) {
      waiting = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = new URL("assets/search-index.js", site);
        script.onload = function () {
          resolve(window.balticSearch.map(function (entry) {
            return { entry: entry, title: fold(entry.title), text: fold(entry.text) };
          }));
        };
        script.onerror = function () { reject(new Error("cannot load " + script.src)); };
        document.head.appendChild(script);
      });
    }
    return waiting;
  }

  // A word in the title counts for ten in the text, and more where it begins a word; every word must occur. A page that is
  // called just that comes first.
  function score(item, words) {
    var total = item.title === words.join(" ") ? 30 : 0;
    for (var i = 0; i < words.length; i += 1) {
      var inTitle = item.title.includes(words[i]) ? 10 : 0;
      if (inTitle && (" " + item.title).includes(" " + words[i])) inTitle += 5;
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
    var places = words.map(function (word) { return folded.indexOf(word); }).filter(function (at) { return at >= 0; });
    var place = folded.length === text.length && places.length ? Math.min.apply(null, places) : 0;
    var word = words.find(function (one) { return folded.startsWith(one, place); });
    var start = place < 60 ? 0 : text.indexOf(" ", place - 50) + 1;
    var end = place + 90 < text.length ? text.lastIndexOf(" ", place + 90) : text.length;
    var line = document.createElement("span");
    line.className = "result-text";
    line.append((start ? "… " : "") + text.slice(start, place));
    if (word && folded.length === text.length) {
      var mark = document.createElement("mark");
      mark.textContent = text.slice(place, place + word.length);
      line.append(mark);
      place += word.length;
    }
    line.append(text.slice(place, Math.max(end, place)) + (end < text.length ? " …" : ""));
    return line;
  }

  function part(kind, text) {
    var line = document.createElement("span");
    line.className = kind;
    line.textContent = text;
    return line;
  }

  function row(item, words) {
    var entry = item.entry;
    var link = document.createElement("a");
    var title = document.createElement("strong");
    link.href = new URL(entry.address, site);
    title.textContent = entry.title;
    link.append(part("result-kind", KINDS[entry.kind] + (entry.page !== entry.title ? " in " + entry.page : "")), title);
    if (entry.text) link.append(excerpt(item, words));
    var place = document.createElement("li");
    place.append(link);
    return place;
  }

  function show(found, total, words) {
    results.replaceChildren();
    if (found.length) {
      var list = document.createElement("ul");
      found.forEach(function (item) { list.append(row(item, words)); });
      results.append(list);
    } else {
      var nothing = document.createElement("p");
      nothing.textContent = "Nothing found";
      results.append(nothing);
    }
    results.hidden = false;
    results.scrollTop = 0;
    var count = found.length + (total > found.length ? " of " + total : "");
    status.textContent = found.length ? count + (total === 1 ? " result" : " results") : "Nothing found";
  }

  function hide() {
    results.hidden = true;
    status.textContent = "";
  }

  function search() {
    var asked = field.value;
    var words = fold(asked).split(/\s+/).filter(function (word) { return word.length > 1; });
    if (!words.length) {
      hide();
      return;
    }
    loadIndex().then(function (items) {
      if (field.value !== asked) return;
      var scored = items.map(function (item) { return { item: item, score: score(item, words) }; });
      var found = scored.filter(function (one) { return one.score > 0; });
      found.sort(function (one, other) { return other.score - one.score; });
      show(found.slice(0, MOST_RESULTS).map(function (one) { return one.item; }), found.length, words);
    }, function (error) {
      status.textContent = "The search is not available";
      console.error(error);
    });
  }

  function start() {
    loadIndex().catch(function (error) { console.error(error); });
    if (field.value) search();
  }

  function links() {
    return Array.from(results.querySelectorAll("a"));
  }

  function move(event) {
    var all = results.hidden ? [] : links();
    var place = all.indexOf(document.activeElement);
    if (event.key === "Escape" && !results.hidden) {
      event.preventDefault();
      hide();
      field.focus();
    } else if (event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      all[Math.min(place + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      event.preventDefault();
      (all[place - 1] || field).focus();
    } else if (event.key === "Enter" && event.target === field && all.length) {
      event.preventDefault();
      hide();
      location.href = all[0].href;
    }
  }

  field.addEventListener("input", search);
  field.addEventListener("focus", start);
  field.parentElement.addEventListener("keydown", move);
  field.parentElement.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !field.parentElement.contains(event.relatedTarget)) hide();
  });
  results.addEventListener("click", function (event) {
    if (event.target.closest("a")) hide();
  });
  document.addEventListener("click", function (event) {
    if (!field.parentElement.contains(event.target)) hide();
  });
  if (document.activeElement === field) start();
})();
