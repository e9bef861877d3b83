// Interactive charts by keyboard, by touch and by name. The arrow keys go from point to point within a series and from
// series to series, show the tooltip and read it out; Escape leaves. A tap shows the nearest point. The buttons above a
// chart bring one series forward. charts.js fetches this with the first chart and passes on what the reader does.
(function () {
  "use strict";
  var states = new Map();
  var voice = document.getElementById("chart-voice");
  var TAP = 40; // pixels within which a tap means a point

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
    state.series = findSeries(state.view); // of a chart with settings, only some points may be drawn
    if (!state.series.length) return;
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

  function tap(plot, place) {
    var found = nearest([].concat.apply([], findSeries(states.get(plot).view)), place);
    if (found.distance <= TAP) stand(plot, found.item, false);
    else leave(plot);
  }

  // Bring one series forward, or all again: set back the items that belong to another.
  function choose(plot) {
    var buttons = plot.previousElementSibling;
    var state = states.get(plot);
    if (!buttons || !buttons.classList.contains("highlights")) return;
    var pressed = buttons.querySelector('[aria-pressed="true"]');
    eachItem(state.view.scenegraph().root, function (item) {
      if (item.opacity === 0 || item.mark.marktype === "group") return;
      var own = item.datum[buttons.dataset.field];
      item._svg.classList.toggle("set-back", Boolean(pressed && own && String(own) !== pressed.dataset.value));
    });
  }

  window.balticChartKeys = {
    live: function (plot, view) {
      var ring = document.createElement("div");
      ring.className = "point-ring";
      ring.hidden = true;
      plot.append(ring);
      states.set(plot, { view: view, series: [], item: null, ring: ring });
      choose(plot);
    },
    gone: function (plot) {
      leave(plot);
      states.get(plot).ring.remove();
      states.delete(plot);
    },
    choose: choose,
    leave: leave,
    move: move,
    tap: tap
  };
})();
