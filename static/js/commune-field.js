// A list of communes becomes a search box: type a name or a postal code, choose
// with the arrows. Without this script the list stays, and the server reads both.
// Follows the combobox pattern of ARIA 1.2 with a list that selects manually.
(() => {
  const SHORTEST_SEARCH = 2;
  const PAUSE = 150;

  const plain = (text) =>
    text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")
      .trim();

  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  function enhance(select) {
    const { id, name } = select;
    const many = select.dataset.communeField === "many";
    const url = select.dataset.searchUrl;
    const chosen = new Map();

    const input = make("input", {
      type: "text",
      id,
      class: select.classList.contains("is-invalid")
        ? "form-control is-invalid"
        : "form-control",
      role: "combobox",
      autocomplete: "off",
      autocapitalize: "words",
      spellcheck: "false",
      maxlength: "80",
      placeholder: "Nom ou code postal",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${id}_liste`,
    });
    for (const attribute of ["aria-describedby", "aria-invalid", "aria-required"]) {
      if (select.hasAttribute(attribute)) {
        input.setAttribute(attribute, select.getAttribute(attribute));
      }
    }
    input.autofocus = select.autofocus;
    const sent = make("input", { type: "hidden", name });
    const list = make("ul", {
      id: `${id}_liste`,
      class: "place-field-list",
      role: "listbox",
      "aria-label": "Communes proposées",
    });
    list.hidden = true;
    const status = make("p", { class: "visually-hidden", role: "status" });
    const basket = make("ul", { class: "place-field-chosen" });
    const field = make("div", { class: "place-field" }, input, list, sent, status);

    // The list gives its name and its identifier to the search box.
    select.before(field);
    if (many) {
      field.before(basket);
    }
    select.removeAttribute("id");
    select.removeAttribute("name");
    select.required = false;
    select.hidden = true;
    select.disabled = true;

    const wanted = select.hasAttribute("required");
    let results = [];
    let active = -1;
    let timer = null;
    let request = null;

    const isOpen = () => !list.hidden;

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function highlight(position) {
      active = position;
      [...list.children].forEach((option, index) => {
        const isActive = index === active;
        option.setAttribute("aria-selected", String(isActive));
        if (isActive) {
          input.setAttribute("aria-activedescendant", option.id);
          option.scrollIntoView({ block: "nearest" });
        }
      });
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
      }
    }

    function show(found) {
      results = found.filter((place) => !chosen.has(place.value));
      list.replaceChildren(
        ...results.map((place, index) => {
          const option = make(
            "li",
            { id: `${id}_choix_${index}`, role: "option", "aria-selected": "false" },
            make("span", {}, place.label),
          );
          if (place.detail) {
            option.append(" ", make("small", {}, place.detail));
          }
          option.addEventListener("click", () => choose(place));
          return option;
        }),
      );
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = results.length === 0;
      input.setAttribute("aria-expanded", String(results.length > 0));
      const count = results.length;
      status.textContent =
        count === 0
          ? "Aucune commune trouvée."
          : count === 1
            ? "Une proposition. Flèche bas pour la choisir."
            : `${count} propositions. Flèches haut et bas pour choisir.`;
    }

    function choose(place) {
      if (many) {
        add(place);
        input.value = "";
        sent.value = "";
        status.textContent = `${place.label} : ajouté à vos choix.`;
      } else {
        input.value = place.label;
        sent.value = place.value;
        status.textContent = `${place.label} : choisi.`;
      }
      close();
      input.focus();
      sent.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function add(place) {
      if (chosen.has(place.value)) {
        return;
      }
      const remove = make(
        "button",
        { type: "button", class: "place-field-remove" },
        make("span", { class: "visually-hidden" }, `Retirer ${place.label}`),
        make("span", { "aria-hidden": "true" }, "×"),
      );
      const item = make(
        "li",
        {},
        make("span", {}, place.label),
        remove,
        make("input", { type: "hidden", name, value: place.value }),
      );
      remove.addEventListener("click", () => {
        chosen.delete(place.value);
        item.remove();
        require();
        status.textContent = `${place.label} : retiré de vos choix.`;
        input.focus();
      });
      chosen.set(place.value, item);
      basket.append(item);
      require();
    }

    function require() {
      input.required = wanted && chosen.size === 0;
    }

    // When the server does not answer, the list in the page still does.
    function searchInPage(text) {
      const words = plain(text).split(" ");
      return [...select.options]
        .filter((option) => {
          const spaced = ` ${plain(option.label)}`;
          return option.value && words.every((word) => spaced.includes(` ${word}`));
        })
        .slice(0, 8)
        .map((option) => ({ value: option.value, label: option.label }));
    }

    async function search() {
      const text = input.value.trim();
      request?.abort();
      if (text.length < SHORTEST_SEARCH) {
        close();
        status.textContent = "";
        return;
      }
      request = new AbortController();
      const { signal } = request;
      const query = new URLSearchParams({ q: text });
      if (many) {
        query.set("groupes", "1");
      }
      let found;
      try {
        const answer = await fetch(`${url}?${query}`, { signal });
        if (!answer.ok) {
          throw new Error(answer.status);
        }
        found = (await answer.json()).results;
      } catch {
        if (signal.aborted) {
          return;
        }
        found = searchInPage(text);
      }
      if (!signal.aborted && document.activeElement === input) {
        show(found);
      }
    }

    input.addEventListener("input", () => {
      sent.value = input.value.trim();
      clearTimeout(timer);
      timer = setTimeout(search, PAUSE);
    });

    input.addEventListener("keydown", (event) => {
      const last = results.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const down = event.key === "ArrowDown";
        if (!isOpen()) {
          search();
        } else if (down) {
          highlight(active >= last ? 0 : active + 1);
        } else {
          highlight(active <= 0 ? last : active - 1);
        }
      } else if (event.key === "Enter" && isOpen()) {
        // Enter chooses while the list is open; it sends the form once closed.
        event.preventDefault();
        if (active >= 0) {
          choose(results[active]);
        } else if (results.length === 1) {
          choose(results[0]);
        } else {
          close();
        }
      } else if (event.key === "Escape" && isOpen()) {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });

    list.addEventListener("mousedown", (event) => event.preventDefault());
    input.addEventListener("blur", () => {
      clearTimeout(timer);
      request?.abort();
      close();
    });

    for (const option of select.selectedOptions) {
      if (!option.value) {
        continue;
      }
      if (many) {
        add({ value: option.value, label: option.label });
      } else {
        input.value = option.label;
        sent.value = option.value;
      }
    }
    if (select.dataset.typed) {
      input.value = select.dataset.typed;
      sent.value = select.dataset.typed;
    }
    require();
  }

  const enhanceAll = (root) => {
    for (const select of root.querySelectorAll("select[data-commune-field]:enabled")) {
      enhance(select);
    }
  };
  enhanceAll(document);
  document.addEventListener("htmx:load", (event) => enhanceAll(event.target));
})();
