// Runs before the page is drawn: marks that scripts work, and applies the page colours the reader chose.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("scripted");
  try {
    var chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch (error) {
    // storage is closed to pages opened from a folder in some browsers: the system's choice holds
    console.info("theme not kept:", error.message);
  }

  // Fetch the letters of every page along with the style sheet, so that they are there for the first
  // view: later they are not used (css/1-tokens.css). Not from a folder, where they come at once and a link would be an
  // appeal to another origin.
  if (location.protocol !== "file:") {
    document.currentScript.dataset.fonts.split(" ").forEach(function (face) {
      var link = document.createElement("link");
      link.rel = "preload";
      link.as = "font";
      link.crossOrigin = "anonymous";
      link.href = new URL("fonts/source-" + face + "-normal.woff2", document.currentScript.src).href;
      document.head.append(link);
    });
  }
})();
