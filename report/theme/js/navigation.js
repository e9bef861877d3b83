// The switch between light and dark, the folded contents on small screens, and the marked section of the contents.
(function () {
  "use strict";
  var root = document.documentElement;
  var systemDark = matchMedia("(prefers-color-scheme: dark)");
  var themeSwitch = document.getElementById("theme-switch");

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches;
  }

  function showState() {
    themeSwitch.setAttribute("aria-pressed", String(isDark()));
  }

  themeSwitch.addEventListener("click", function () {
    root.dataset.theme = isDark() ? "light" : "dark";
    showState();
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch (error) {
      console.info("theme not kept:", error.message);
    }
  });
  systemDark.addEventListener("change", showState);
  showState();

  var contents = document.querySelector(".chapters details");
  var small = matchMedia("(max-width: 860px)");
  function foldContents() {
    if (contents) contents.open = !small.matches;
  }
  small.addEventListener("change", foldContents);
  foldContents();

  var links = Array.from(document.querySelectorAll(".on-page a"));
  if (links.length && "IntersectionObserver" in window) {
    var byId = new Map(links.map(function (link) { return [decodeURIComponent(link.hash.slice(1)), link]; }));
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        links.forEach(function (link) { link.removeAttribute("aria-current"); });
        byId.get(entry.target.id).setAttribute("aria-current", "true");
      });
    }, { rootMargin: "-12% 0px -78% 0px" });
    byId.forEach(function (link, id) {
      var section = document.getElementById(id);
      if (section) observer.observe(section);
    });
  }
})();
