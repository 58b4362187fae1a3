// Writes what jsfive sees in a result into a folder, for compare.py: node dump.mjs NODE_MODULES RESULT.h5 FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, result, folder] = process.argv.slice(2);
const { File } = createRequire(join(modules, "x.js"))("jsfive");
console.log = () => {};  // jsfive says for each scale that it does not read lists of references

const bytes = readFileSync(result);
const file = new File(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), result);

const units = [];
for (const line of readFileSync(join(folder, "wanted"), "utf8").trim().split("\n")) {
  const [path, kind] = line.split("\t");
  const dataset = file.get(path);
  const found = dataset.value;
  const values = Array.isArray(found) || ArrayBuffer.isView(found) ? Array.from(found) : [found];
  const name = join(folder, path.replaceAll("/", "__"));
  if (kind === "text") writeFileSync(`${name}.txt`, values.join("\x1f"));
  else writeFileSync(`${name}.f8`, new Uint8Array(Float64Array.from(values).buffer));
  units.push(`${path}\t${dataset.attrs.units ?? ""}\n`);
}
writeFileSync(join(folder, "units"), units.join(""));

const time = file.get("time");
const start = Date.parse(time.attrs.units.split(" ")[2] + "T00:00:00Z");
const dates = Array.from(time.value, (day) => new Date(start + day * 864e5).toISOString().slice(0, 10));
writeFileSync(join(folder, "dates"), dates.join("\n"));
writeFileSync(join(folder, "title"), file.attrs.title);
