// Tells the site's own server that a page is read, and that an element marked with data-nakoming-element is used.
// It stores nothing in the browser, reads nothing from it, and loads nothing. What the address says after ? and # is not sent.
(() => {
  const script = document.currentScript;
  const place = script.src.replace(/\.js(?:[?#].*)?$/, "");
  const tell = (more) => {
    const said = { path: location.pathname, ...more };
    if (navigator.sendBeacon) navigator.sendBeacon(place, JSON.stringify(said));
  };
  const host = (address) => {
    try {
      return new URL(address).host;
    } catch {
      return "";
    }
  };
  tell({ referrer: host(document.referrer), interest: script.dataset.nakomingInterest });
  document.addEventListener("click", (event) => {
    const used = event.target.closest?.("[data-nakoming-element]");
    if (used) tell({ element: used.dataset.nakomingElement, interest: used.dataset.nakomingInterest });
  }, { passive: true });
})();
