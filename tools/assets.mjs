// Gathers what the style sheet needs into static/build: the icons listed in
// tools/icons.txt as one sprite, and the three font files.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const MODULES = "node_modules";
const BUILD = "static/build";
const FONTS = {
  "bricolage-grotesque": ["bricolage-grotesque-latin-wght-normal.woff2"],
  figtree: ["figtree-latin-wght-normal.woff2", "figtree-latin-wght-italic.woff2"],
};

function symbol(name) {
  const svg = readFileSync(`${MODULES}/lucide-static/icons/${name}.svg`, "utf8");
  const shapes = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace("</svg>", "")
    .replace(/\s*\n\s*/g, "");
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor"` +
    ` stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`
  );
}

const names = readFileSync("tools/icons.txt", "utf8").split("\n").filter(Boolean);
mkdirSync(`${BUILD}/fonts`, { recursive: true });
writeFileSync(
  `${BUILD}/icons.svg`,
  `<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Lucide, ISC licence -->\n` +
    `${names.map(symbol).join("\n")}\n</svg>\n`,
);
for (const [family, files] of Object.entries(FONTS)) {
  const source = `${MODULES}/@fontsource-variable/${family}`;
  for (const file of files) {
    copyFileSync(`${source}/files/${file}`, `${BUILD}/fonts/${file}`);
  }
  copyFileSync(`${source}/LICENSE`, `${BUILD}/fonts/${family}-LICENSE.txt`);
}
