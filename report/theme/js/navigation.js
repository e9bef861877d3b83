// The page colours, the folded contents on small screens, the mark at the section that is being read, and the way to the
// search, which is fetched when a reader turns to it.
(function () {
  "use strict";
  var here = document.currentScript;
  var root = document.documentElement;

  // From the system's colours to the others, then to the system's as a choice, then back to whatever the system says.
  var systemDark = matchMedia("(prefers-color-scheme: dark)");
  var themeSwitch = document.getElementById("theme-switch");
  var names = { light: "light", dark: "dark", "": "as the system" };

  function nextTheme() {
    var order = systemDark.matches ? ["", "light", "dark"] : ["", "dark", "light"];
    return order[(order.indexOf(root.dataset.theme || "") + 1) % order.length];
  }

  function showTheme() {
    var name = "Page colours: " + names[root.dataset.theme || ""];
    themeSwitch.querySelector("span").textContent = name;
    themeSwitch.title = name;
  }

  function keepTheme(theme) {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch (error) {
      console.info("theme not kept:", error.message);
    }
  }

  themeSwitch.addEventListener("click", function () {
    var theme = nextTheme();
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    keepTheme(theme);
    showTheme();
  });
  showTheme();

  var field = document.getElementById("search-field");
  field.addEventListener("focus", function () {
    var script = document.createElement("script");
    script.src = new URL("search.js", here.src);
    script.onerror = function () { console.error("cannot load " + script.src); };
    document.head.append(script);
  }, { once: true });
  document.addEventListener("keydown", function (event) {
    var typing = event.target.isContentEditable || /^(input|textarea|select)$/i.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  var folds = Array.from(document.querySelectorAll(".fold > details"));
  var small = matchMedia("(max-width: 860px)");
  function fold() {
    folds.forEach(function (details) { details.open = !small.matches; });
  }
  small.addEventListener("change", fold);
  fold();
  // on a small screen the contents would cover what was chosen in them
  folds.forEach(function (details) {
    details.addEventListener("click", function (event) {
      if (small.matches && event.target.closest("a")) details.open = false;
    });
  });
  root.classList.add("folded");

  var places = Array.from(document.querySelectorAll(".on-page a")).map(function (link) {
    return { link: link, section: document.getElementById(decodeURIComponent(link.hash.slice(1))) };
  }).filter(function (place) { return place.section; });
  var waiting = false;

  function markPlace() {
    waiting = false;
    var line = innerHeight * 0.3;
    var atEnd = innerHeight + scrollY >= root.scrollHeight - 4;
    var begun = places.filter(function (place) { return place.section.getBoundingClientRect().top <= line; });
    var current = atEnd && scrollY > 0 ? places[places.length - 1] : begun[begun.length - 1];
    places.forEach(function (place) {
      if (place === current) place.link.setAttribute("aria-current", "location");
      else place.link.removeAttribute("aria-current");
    });
  }

  if (places.length) {
    addEventListener("scroll", function () {
      if (!waiting) requestAnimationFrame(markPlace);
      waiting = true;
    }, { passive: true });
    markPlace();
  }
})();
