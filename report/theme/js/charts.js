// Pictures of charts become interactive charts, in place, once the reader does something: until then nothing is loaded.
// Both are drawn alike (one specification, one version, one font), so nothing moves. Dark pages show a dark picture,
// and recolour the interactive chart by a style sheet that is loaded with it. What a chart answers to is in chart-keys.js;
// the key, the tap or the button that wakes it is kept for it here.
(function () {
  "use strict";
  var here = document.currentScript;
  var plots = Array.from(document.querySelectorAll(".plot"));
  var narrowScreen = matchMedia("(max-width: 640px)");
  var libraries = null;
  var drawn = new Map();
  var waiting = new Map();
  var KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

  function load(element) {
    return new Promise(function (resolve, reject) {
      element.onload = resolve;
      element.onerror = function () { reject(new Error("cannot load " + (element.src || element.href))); };
      document.head.appendChild(element);
    });
  }

  function loadScript(address) {
    var script = document.createElement("script");
    script.src = address;
    return load(script);
  }

  function loadStyle(address) {
    var style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = address;
    return load(style);
  }

  function loadLibraries() {
    if (!libraries) {
      var data = here.dataset;
      libraries = Promise.all([loadScript(data.keys), loadScript(data.library), loadScript(data.charts), loadStyle(data.dark)]);
    }
    return libraries;
  }

  function draw(plot) {
    if (plot.dataset.state) return;
    plot.dataset.state = "drawing";
    var picture = plot.querySelector("picture");
    var narrow = narrowScreen.matches;
    var live = document.createElement("div");
    live.className = "live";
    live.hidden = true;
    plot.append(live);
    loadLibraries()
      .then(function () {
        var charts = window.balticCharts[plot.dataset.chart];
        return window.vegaEmbed(live, narrow ? charts.narrow : charts.wide, {
          renderer: "svg",
          actions: false,
          bind: document.createElement("form"), // never shown: the page has controls of its own, in chart-controls.js
          ast: true, // expressions are interpreted: a content security policy may forbid compiling them
          defaultStyle: false,
          tooltip: { disableDefaultStyle: true }
        });
      })
      .then(function (chart) {
        var drawing = live.querySelector("svg");
        drawing.setAttribute("role", "img");
        drawing.setAttribute("aria-label", picture.querySelector("img").alt);
        drawing.removeAttribute("aria-roledescription");
        // the drawing as a whole has a name, and the keys read its values out: its parts are not pictures of their own
        drawing.querySelectorAll("[role], [aria-roledescription]").forEach(function (part) {
          ["role", "aria-roledescription", "aria-label"].forEach(function (name) { part.removeAttribute(name); });
        });
        drawn.set(plot, chart);
        live.hidden = false;
        picture.hidden = true;
        plot.dataset.state = "live";
        window.balticChartKeys.live(plot, chart.view);
        plot.dispatchEvent(new CustomEvent("chart", { detail: chart.view }));
        if (waiting.has(plot)) waiting.get(plot)();
        waiting.delete(plot);
        if (narrow !== narrowScreen.matches) redraw(plot);
      })
      .catch(function (error) {
        live.remove();
        plot.dataset.state = "static";
        console.error("chart " + plot.dataset.chart + " stays a picture:", error);
      });
  }

  // The screen became narrow or wide: the picture follows by itself, the interactive chart is made again.
  function redraw(plot) {
    if (plot.dataset.state !== "live") return;
    window.balticChartKeys.gone(plot);
    drawn.get(plot).finalize();
    drawn.delete(plot);
    plot.querySelector(".live").remove();
    plot.querySelector("picture").hidden = false;
    delete plot.dataset.state;
    draw(plot);
  }

  function isLive(plot) {
    return plot.dataset.state === "live";
  }

  function onKey(event) {
    var plot = event.currentTarget;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      leave(plot);
      document.getElementById("chart-voice").textContent = "";
    } else if (KEYS.includes(event.key)) {
      event.preventDefault();
      var move = function () { window.balticChartKeys.move(plot, event.key); };
      if (isLive(plot)) move();
      else waiting.set(plot, function () { if (document.activeElement === plot) move(); });
    }
  }

  function onTap(event) {
    if (event.pointerType !== "touch") return;
    var plot = event.currentTarget;
    var place = { x: event.clientX, y: event.clientY };
    var tap = function () { if (isLive(plot)) window.balticChartKeys.tap(plot, place); };
    // after the mouse events that browsers send for a tap
    if (isLive(plot)) setTimeout(tap, 60);
    else waiting.set(plot, tap);
  }

  function leave(plot) {
    waiting.delete(plot);
    if (isLive(plot)) window.balticChartKeys.leave(plot);
  }

  function onChoice(event) {
    var button = event.target.closest("button");
    if (!button) return;
    var group = event.currentTarget;
    var chosen = button.getAttribute("aria-pressed") !== "true";
    group.querySelectorAll("button").forEach(function (other) {
      other.setAttribute("aria-pressed", String(other === button && chosen));
    });
    if (isLive(group.nextElementSibling)) window.balticChartKeys.choose(group.nextElementSibling);
  }

  function hiddenText(id, words) {
    var text = document.createElement("p");
    text.id = id;
    text.className = "hidden";
    text.textContent = words;
    document.getElementById("main").append(text);
    return text;
  }

  // A chart takes the focus, and says what it is, before it is interactive.
  function invite() {
    hiddenText("chart-help", "Left and right arrow keys go from point to point, up and down to another series; Escape leaves.");
    hiddenText("chart-voice", "").setAttribute("role", "status");
    plots.forEach(function (plot) {
      plot.tabIndex = 0;
      plot.setAttribute("role", "application");
      plot.setAttribute("aria-roledescription", "interactive chart");
      plot.setAttribute("aria-labelledby", plot.dataset.chart + "-caption");
      plot.setAttribute("aria-describedby", "chart-help");
      plot.addEventListener("keydown", onKey);
      plot.addEventListener("pointerup", onTap);
      plot.addEventListener("blur", function () { leave(plot); });
    });
    document.querySelectorAll(".highlights").forEach(function (group) {
      group.querySelectorAll("button").forEach(function (button) { button.setAttribute("aria-pressed", "false"); });
      group.addEventListener("click", onChoice);
    });
  }

  // Made here, hidden from assistive technology: its words are read out from elsewhere, and it belongs to no landmark.
  function makeTooltip() {
    var tooltip = document.createElement("div");
    tooltip.id = "vg-tooltip-element";
    tooltip.className = "vg-tooltip";
    tooltip.setAttribute("aria-hidden", "true");
    document.body.append(tooltip);
  }

  function start() {
    makeTooltip();
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) draw(entry.target);
      });
    }, { rootMargin: "200px" });
    plots.forEach(function (plot) { observer.observe(plot); });
    narrowScreen.addEventListener("change", function () { plots.forEach(redraw); });
  }

  if (plots.length && "IntersectionObserver" in window) {
    invite();
    var signs = ["pointermove", "touchstart", "keydown", "wheel", "input"];
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
