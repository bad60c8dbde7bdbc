// Runs before the first paint, so that a chosen theme never flashes into another one.
(function () {
  var theme = null;
  try {
    theme = new URLSearchParams(location.search).get("theme") || localStorage.getItem("theme");
  } catch {
    // Storage may be refused; the system's choice serves then.
  }
  if (theme !== "dark" && theme !== "light") {
    theme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
  }
  if (/\/wall(\/|$)/.test(location.pathname)) {
    theme = "dark";
  }
  document.documentElement.setAttribute("data-theme", theme);
})();
