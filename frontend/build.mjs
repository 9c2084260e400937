// Bundles our CSS (with KRDS) and scripts into frontend/dist/dure, where Django finds them.
// File names stay plain: Django's manifest storage adds the content hash once, for everything.
import { mkdirSync, readdirSync, readFileSync, copyFileSync, rmSync } from "node:fs";
import { build } from "esbuild";

const out = "dist/dure";
rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/img`, { recursive: true });

// KRDS hides these everywhere, `!important`, because its own markup draws them anew. Our forms and
// tables show the browser's own: a group's question, a table's title, ticks and rules.
const HIDDEN_BY_KRDS = [
  [/\.blind,\s*hr,\s*\.sr-only,\s*legend,\s*caption\s*\{/, ".blind, .sr-only {"],
  [/\ninput\[type=radio\],\s*input\[type=checkbox\]\s*\{\s*position: absolute !important;[^}]*\}/, "\n"],
];
const nativeControls = {
  name: "native-controls",
  setup(bundle) {
    bundle.onLoad({ filter: /krds-uiux[\\/]resources[\\/]css[\\/]component[\\/]output\.css$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const [rule, instead] of HIDDEN_BY_KRDS) {
        if (!rule.test(contents)) throw new Error(`KRDS no longer has the rule ${rule}`);
        contents = contents.replace(rule, instead);
      }
      return { contents, loader: "css" };
    });
  },
};

const scripts = readdirSync("src").filter((name) => name.endsWith(".js")).map((name) => `src/${name}`);
await build({
  entryPoints: ["src/app.css", ...scripts],
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome109", "firefox115", "safari16"],
  loader: { ".svg": "file", ".woff2": "file", ".woff": "empty", ".png": "file" },
  assetNames: "assets/[name]",
  plugins: [nativeControls],
  logLevel: "warning",
});
for (const name of readdirSync("src/img")) copyFileSync(`src/img/${name}`, `${out}/img/${name}`);
