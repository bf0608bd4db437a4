// The back-office follows the scheme of the device unless a choice was made.
(() => {
  const root = document.documentElement;
  if (!root.dataset.bsTheme) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => root.classList.toggle("dark", dark.matches);
    follow();
    dark.addEventListener("change", follow);
  }
  // Unfold writes the name of a chosen file into the nearest text field: right in its
  // own file widget, wrong in our forms, where that field is somebody's answer.
  document.addEventListener(
    "change",
    (event) => {
      if (event.target.type === "file" && event.target.closest(".desk-form")) {
        event.stopPropagation();
      }
    },
    true,
  );
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  });
})();
