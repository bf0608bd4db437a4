// Passkeys need a script: show what uses them, and say what went wrong in words.
(() => {
  if (!window.PublicKeyCredential) {
    return;
  }
  for (const part of document.querySelectorAll(".needs-script")) {
    part.hidden = false;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const place = document.querySelector("[data-passkey-error]");
    if (place) {
      const cancelled = event.detail.exception?.name === "NotAllowedError";
      place.textContent = cancelled
        ? "La clé n’a pas été utilisée. Vous pouvez recommencer."
        : "La clé n’a pas répondu. Réessayez, ou entrez autrement.";
    }
  });
})();
