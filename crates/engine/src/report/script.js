// The page is complete without this script. It opens folds that hide a target, completes the highlight of a passage
// that another mark cuts in pieces, and unfolds for print what is not a reason.
(() => {
  "use strict";
  const show = () => {
    for (const piece of document.querySelectorAll(".is-target")) piece.classList.remove("is-target");
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const piece of document.querySelectorAll("[data-more]")) {
      if (piece.dataset.more === id) piece.classList.add("is-target");
    }
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", show);
  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) show();
  });
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open]):not(.why)")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of opened) fold.open = false; });
  if (location.hash) show();
})();
