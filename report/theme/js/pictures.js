// Which drawing of a chart a page shows: dark pages show the one for dark pages. Without a choice of the reader's, and
// without scripts, the system decides (see the media of the sources); a choice outweighs it. Paper stays light.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = Array.from(document.querySelectorAll('source[srcset$=".dark.svg"]'));
  var bySystem = dark.map(function (source) { return source.media; });

  function choose() {
    dark.forEach(function (source, place) {
      var media = bySystem[place];
      if (root.dataset.theme === "dark") media = media.replace(" and (prefers-color-scheme: dark)", "");
      if (root.dataset.theme === "light") media = "not all";
      if (source.media !== media) source.media = media;
    });
  }

  // A browser prints the drawings that it has loaded: those for dark pages are turned into light ones, for there is no
  // time to exchange them. Those it has not loaded yet come as light ones.
  function prepareForPaper() {
    dark.forEach(function (source) {
      var image = source.parentNode.querySelector("img");
      if (!image.naturalWidth) {
        source.media = "not all";
      } else if (image.currentSrc.endsWith(source.getAttribute("srcset").replace(/^(\.\.\/)+/, ""))) {
        source.media = "all";
        image.classList.add("dark-on-paper");
      }
    });
  }

  function returnToScreen() {
    document.querySelectorAll(".dark-on-paper").forEach(function (image) { image.classList.remove("dark-on-paper"); });
    choose();
  }

  addEventListener("beforeprint", prepareForPaper);
  addEventListener("afterprint", returnToScreen);
  new MutationObserver(choose).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  choose();
})();
