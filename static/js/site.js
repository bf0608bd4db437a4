// What a page does a little better with a script; it works without.
(() => {
  // After a refused form, the summary takes the focus: autofocus may have been
  // lost to the browser's own scroll restoration.
  document.querySelector(".error-summary")?.focus();

  // The folded menu closes with Escape and when the focus leaves it.
  const menu = document.querySelector(".site-menu");
  if (menu) {
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) {
        menu.open = false;
      }
    });
  }

  // A form goes once, however many times it is clicked.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // A download leaves the page where it is.
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  // A page brought back by the browser may be sent again at once.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
    }
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
