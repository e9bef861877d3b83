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
})();
