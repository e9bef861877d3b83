// Reloads the page when its site was built again, and shows why a build failed. Only `baltic serve` brings it.
(() => {
  "use strict";
  const mine = document.currentScript.dataset.version;
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" }); // neither the page's styles nor these reach the other
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/-/live.css";
  const room = document.createElement("div");
  shadow.append(style, room);
  document.body.append(host);

  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    return made;
  };

  const failedPage = (page) => {
    const parts = [
      element("h3", page.cell ? `${page.notebook}, ${page.cell}` : page.notebook),
      element("p", page.status),
      element("pre", page.error),
    ];
    if (page.traceback) {
      const details = document.createElement("details");
      details.append(element("summary", "Traceback"), element("pre", page.traceback));
      parts.push(details);
    }
    return parts;
  };

  const notice = () => {
    if (!mine) return "There is no good build yet.";
    return mine.startsWith("site.partial") ? "What you see is what there is of it." : "What you see is the last good build.";
  };

  const failurePanel = (failure) => {
    const panel = element("section", "", "failure");
    panel.setAttribute("role", "alert");
    panel.append(element("h2", failure.title), element("p", notice()));
    for (const page of failure.pages) panel.append(...failedPage(page));
    if (failure.text) panel.append(element("pre", failure.text));
    const close = element("button", "\u00d7");
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => panel.remove());
    panel.append(close);
    return panel;
  };

  let shown = "";
  const show = (state) => {
    if (state.version !== mine) {
      location.reload();
      return;
    }
    const current = JSON.stringify(state);
    if (current === shown) return;
    shown = current;
    room.replaceChildren();
    if (state.failure) room.append(failurePanel(state.failure));
    if (state.building) {
      const pill = element("div", "Building …", "building");
      pill.setAttribute("role", "status");
      room.append(pill);
    }
  };

  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/-/live`);
    socket.addEventListener("message", (event) => show(JSON.parse(event.data)));
    socket.addEventListener("close", () => setTimeout(connect, 1000)); // the server may come back
  };
  connect();
})();
