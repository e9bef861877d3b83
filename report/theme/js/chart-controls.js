// Sliders and choices above a chart. They stand in the page from the start and are remembered here, so that nothing that
// a reader sets is lost while the chart is still a picture, or when it is drawn again for a narrow screen. The chart
// computes what follows; its parameters have the names of the controls.
(function () {
  "use strict";

  function start(form) {
    var plot = form.nextElementSibling;
    var presets = JSON.parse(form.dataset.presets);
    var parts = JSON.parse(form.dataset.parts);
    var sliders = Array.from(form.querySelectorAll("input"));
    var choice = form.elements[form.dataset.by];
    var values = {};
    var view = null;
    var owed = false; // what a reader set before the chart was there is read out with it

    // A value may lie between two steps of its slider, as it stands at first: it is shown and used as it is.
    function set(slider, value) {
      values[slider.name] = value;
      slider.value = value;
      slider.previousElementSibling.textContent = value;
      slider.setAttribute("aria-valuetext", value);
    }

    function preset() {
      sliders.forEach(function (slider) { set(slider, presets[choice.value][slider.name]); });
      values[choice.name] = choice.value;
    }

    // Parts of a whole: what one takes, the others lose.
    function keepWithinWhole(moved) {
      var others = sliders.filter(function (slider) { return slider !== moved && parts.includes(slider.name); });
      others.forEach(function (slider) {
        set(slider, Math.min(values[slider.name], 100 - values[moved.name]));
      });
    }

    function show(aloud) {
      owed = owed || aloud;
      if (!view) return;
      Object.keys(values).forEach(function (name) { view.signal(name, values[name]); });
      view.runAsync().then(function () {
        var summary = view.signal("summary");
        plot.querySelector(".live svg").setAttribute("aria-label", summary);
        if (owed) document.getElementById("chart-voice").textContent = summary;
        owed = false;
      });
    }

    form.addEventListener("input", function (event) {
      var moved = event.target;
      if (moved === choice) preset();
      else {
        set(moved, Number(moved.value));
        if (parts.includes(moved.name)) keepWithinWhole(moved);
      }
      show(false);
    });
    form.addEventListener("change", function () { show(true); });
    form.addEventListener("submit", function (event) {
      event.preventDefault(); // the choice stays
      preset();
      show(true);
    });
    plot.addEventListener("chart", function (event) {
      view = event.detail;
      show(false);
    });
    preset();
  }

  document.querySelectorAll(".controls").forEach(start);
})();
