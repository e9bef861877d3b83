// Static charts become interactive ones, in place, once the reader does something: until then nothing is loaded.
// The drawings are the same (one specification, one version, one font), so nothing moves. Dark pages recolour both by
// style sheet.
(function () {
  "use strict";
  var here = document.currentScript;
  var plots = Array.from(document.querySelectorAll(".plot"));
  var narrowScreen = matchMedia("(max-width: 640px)");
  var libraries = null;

  function load(address) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }

  function loadLibraries() {
    if (!libraries) libraries = Promise.all([load(here.dataset.library), load(here.dataset.charts)]);
    return libraries;
  }

  function visibleVariant(plot) {
    var narrow = narrowScreen.matches && plot.querySelector(".narrow");
    return narrow || plot.querySelector(".wide");
  }

  function draw(plot) {
    var variant = visibleVariant(plot);
    if (variant.dataset.state) return;
    variant.dataset.state = "drawing";
    var picture = variant.querySelector("svg");
    var live = document.createElement("div");
    live.className = "live";
    live.hidden = true;
    variant.append(live);
    loadLibraries()
      .then(function () {
        var charts = window.balticCharts[plot.dataset.chart];
        var specification = variant.classList.contains("narrow") ? charts.narrow : charts.wide;
        return window.vegaEmbed(live, specification, {
          renderer: "svg",
          actions: false,
          ast: true, // expressions are interpreted: a content security policy may forbid compiling them
          defaultStyle: false,
          tooltip: { disableDefaultStyle: true }
        });
      })
      .then(function () {
        var drawing = live.querySelector("svg");
        ["role", "aria-label"].forEach(function (name) { drawing.setAttribute(name, picture.getAttribute(name)); });
        drawing.removeAttribute("aria-roledescription");
        live.hidden = false;
        picture.remove();
        variant.dataset.state = "live";
      })
      .catch(function (error) {
        live.remove();
        variant.dataset.state = "static";
        console.error("chart " + plot.dataset.chart + " stays a picture:", error);
      });
  }

  function start() {
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) draw(entry.target);
      });
    }, { rootMargin: "200px" });
    plots.forEach(function (plot) { observer.observe(plot); });
    narrowScreen.addEventListener("change", function () {
      plots.forEach(function (plot) {
        observer.unobserve(plot);
        observer.observe(plot);
      });
    });
  }

  if (plots.length && "IntersectionObserver" in window) {
    var signs = ["pointermove", "touchstart", "keydown", "wheel"];
    var started = false;
    signs.forEach(function (sign) {
      addEventListener(sign, function () {
        if (started) return;
        started = true;
        start();
      }, { passive: true });
    });
  }
})();
