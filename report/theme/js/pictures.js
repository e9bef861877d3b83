// Which drawing of a chart a page shows: dark pages show the one for dark pages. Without a choice of the reader's, and
// without scripts, the system decides (see the media of the sources); a choice outweighs it. Paper stays light.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = Array.from(document.querySelectorAll('source[data-scheme="dark"]'));
  var bySystem = dark.map(function (source) { return source.media; });

  function choose() {
    dark.forEach(function (source, place) {
      var media = bySystem[place];
      if (root.dataset.theme === "dark") media = media.replace(" and (prefers-color-scheme: dark)", "");
      if (root.dataset.theme === "light") media = "not all";
      if (source.media !== media) source.media = media;
    });
  }

  new MutationObserver(choose).observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  choose();
})();
