// Charts by keyboard, by touch and by name. A chart takes the focus; the arrow keys then go from point to point within a
// series and from series to series, show the tooltip and read it out; Escape leaves. A tap shows the nearest point. The
// buttons above a chart bring one series forward. charts.js calls when a chart becomes interactive, and when it ends.
(function () {
  "use strict";
  var plots = Array.from(document.querySelectorAll(".plot"));
  var states = new Map();
  var TAP = 40; // pixels within which a tap means a point
  if (!plots.length) return;

  function hiddenText(id, words) {
    var text = document.createElement("p");
    text.id = id;
    text.className = "hidden";
    text.textContent = words;
    document.getElementById("main").append(text);
    return text;
  }

  hiddenText("chart-help", "Left and right arrow keys go from point to point, up and down to another series; Escape leaves.");
  var voice = hiddenText("chart-voice", "");
  voice.setAttribute("role", "status");

  // Every item of the drawing, with the data row it shows.
  function eachItem(node, visit) {
    (node.items || []).forEach(function (child) {
      if (child._svg && child.datum) visit(child);
      eachItem(child, visit);
    });
  }

  // What can be pointed at, once each: a mark of two parts has the same tooltip twice.
  function findSeries(view) {
    var points = new Map();
    eachItem(view.scenegraph().root, function (item) {
      if (item.tooltip && typeof item.tooltip === "object") points.set(JSON.stringify(item.tooltip), item);
    });
    var series = new Map();
    points.forEach(function (item) {
      var name = [item.tooltip.title, item.tooltip.Line].join("|");
      if (!series.has(name)) series.set(name, []);
      series.get(name).push(item);
    });
    var lists = Array.from(series.values());
    lists.forEach(function (list) {
      if (list.every(function (item) { return typeof item.datum.x === "number"; })) {
        list.sort(function (one, other) { return one.datum.x - other.datum.x; });
      }
    });
    return lists;
  }

  function middle(item) {
    var box = item._svg.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  }

  function inWords(tooltip) {
    var rows = Object.keys(tooltip).filter(function (name) { return name !== "title" && tooltip[name]; });
    var heading = tooltip.title ? [tooltip.title] : [];
    return heading.concat(rows.map(function (name) { return name + ": " + tooltip[name]; })).join(". ");
  }

  function point(item, kind) {
    var place = middle(item);
    item._svg.dispatchEvent(new MouseEvent(kind, { bubbles: true, clientX: place.x, clientY: place.y }));
  }

  function leave(plot) {
    var state = states.get(plot);
    if (state && state.item) {
      point(state.item, "mouseout");
      point(state.item, "pointerout");
      state.item = null;
    }
    if (state && state.ring) state.ring.hidden = true;
    // the tooltip belongs to the page, not to the chart
    var tooltip = document.getElementById("vg-tooltip-element");
    if (tooltip) tooltip.classList.remove("visible");
  }

  function stand(plot, item, aloud) {
    var state = states.get(plot);
    leave(plot);
    state.item = item;
    item._svg.scrollIntoView({ block: "nearest", inline: "nearest" });
    ["pointerover", "mouseover", "pointermove", "mousemove"].forEach(function (kind) { point(item, kind); });
    var frame = plot.getBoundingClientRect();
    var place = middle(item);
    state.ring.style.left = place.x - frame.left + "px";
    state.ring.style.top = place.y - frame.top + "px";
    state.ring.hidden = false;
    if (aloud) voice.textContent = inWords(item.tooltip);
  }

  // The list and the place in it of the point that the keyboard stands on.
  function position(state) {
    for (var row = 0; row < state.series.length; row += 1) {
      var column = state.series[row].indexOf(state.item);
      if (column >= 0) return { row: row, column: column };
    }
    return null;
  }

  function nearest(items, place) {
    return items.reduce(function (best, item) {
      var here = middle(item);
      var distance = Math.hypot(here.x - place.x, here.y - place.y);
      return distance < best.distance ? { item: item, distance: distance } : best;
    }, { item: null, distance: Infinity });
  }

  function move(plot, key) {
    var state = states.get(plot);
    var at = position(state);
    var last = state.series.length - 1;
    if (!at) {
      stand(plot, state.series[0][0], true);
      return;
    }
    var list = state.series[at.row];
    var alone = list.length === 1;
    var next = state.item;
    if (key === "Home") next = list[0];
    if (key === "End") next = list[list.length - 1];
    if (key === "ArrowRight" && !alone) next = list[Math.min(at.column + 1, list.length - 1)];
    if (key === "ArrowLeft" && !alone) next = list[Math.max(at.column - 1, 0)];
    var step = key === "ArrowDown" || (key === "ArrowRight" && alone) ? 1
      : key === "ArrowUp" || (key === "ArrowLeft" && alone) ? -1 : 0;
    if (step) {
      var other = state.series[Math.min(Math.max(at.row + step, 0), last)];
      var here = middle(state.item);
      // lists of one length hold the same years or rows; else the point above or below counts
      if (other.length === list.length) next = other[at.column];
      else {
        next = other.reduce(function (best, item) {
          return Math.abs(middle(item).x - here.x) < Math.abs(middle(best).x - here.x) ? item : best;
        });
      }
    }
    stand(plot, next, true);
  }

  var KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];

  function onKey(event) {
    var plot = event.currentTarget;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      leave(plot);
      voice.textContent = "";
    } else if (KEYS.indexOf(event.key) >= 0) {
      event.preventDefault();
      if (states.has(plot)) move(plot, event.key);
      else plot.dataset.waiting = event.key;
    }
  }

  function onTap(event) {
    if (event.pointerType !== "touch") return;
    var plot = event.currentTarget;
    var place = { x: event.clientX, y: event.clientY };
    var tap = function () {
      var state = states.get(plot);
      if (!state) return;
      var found = nearest([].concat.apply([], state.series), place);
      if (found.distance <= TAP) stand(plot, found.item, false);
      else leave(plot);
    };
    // after the mouse events that browsers send for a tap
    if (states.has(plot)) setTimeout(tap, 60);
    else plot.tapped = tap;
  }

  // Bring one series forward, or all again: set back the items that belong to another.
  function choose(plot) {
    var buttons = plot.previousElementSibling;
    var state = states.get(plot);
    if (!state || !buttons || !buttons.classList.contains("highlights")) return;
    var pressed = buttons.querySelector('[aria-pressed="true"]');
    eachItem(state.view.scenegraph().root, function (item) {
      if (item.opacity === 0 || item.mark.marktype === "group") return;
      var own = item.datum[buttons.dataset.field];
      item._svg.classList.toggle("set-back", Boolean(pressed && own && String(own) !== pressed.dataset.value));
    });
  }

  document.querySelectorAll(".highlights").forEach(function (group) {
    group.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button) return;
      var chosen = button.getAttribute("aria-pressed") !== "true";
      group.querySelectorAll("button").forEach(function (other) {
        other.setAttribute("aria-pressed", String(other === button && chosen));
      });
      choose(group.nextElementSibling);
    });
  });

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

  window.balticChartKeys = {
    live: function (plot, view) {
      var ring = document.createElement("div");
      ring.className = "point-ring";
      ring.hidden = true;
      plot.append(ring);
      states.set(plot, { view: view, series: findSeries(view), item: null, ring: ring });
      choose(plot);
      if (plot.tapped) plot.tapped();
      delete plot.tapped;
      var key = plot.dataset.waiting;
      delete plot.dataset.waiting;
      if (key && document.activeElement === plot) move(plot, key);
    },
    gone: function (plot) {
      leave(plot);
      states.get(plot).ring.remove();
      states.delete(plot);
    }
  };
})();
