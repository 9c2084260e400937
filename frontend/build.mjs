// Bundles our CSS (with KRDS) and scripts into frontend/dist/dure, where Django finds them.
// File names stay plain: Django's manifest storage adds the content hash once, for everything.
import { mkdirSync, readdirSync, copyFileSync, rmSync } from "node:fs";
import { build } from "esbuild";

const out = "dist/dure";
rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/img`, { recursive: true });

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
  logLevel: "warning",
});
for (const name of readdirSync("src/img")) copyFileSync(`src/img/${name}`, `${out}/img/${name}`);
