// The back-office follows the scheme of the device unless a choice was made.
(() => {
  const root = document.documentElement;
  if (!root.dataset.bsTheme) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = () => root.classList.toggle("dark", dark.matches);
    follow();
    dark.addEventListener("change", follow);
  }
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  });
})();
