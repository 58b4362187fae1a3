#!/usr/bin/env bash
# The committed dist/page.html must be what its sources build today, byte for byte; types and unit tests must be good.
#   tests/browser/check_fresh.sh PAGE_FOLDER
set -euo pipefail
folder=$(cd "${1:?name the folder of the page}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cp -r "$folder"/{src,tests,package.json,package-lock.json,tsconfig.json,svelte.config.js,vite.config.js} "$scratch/"
cd "$scratch"
npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error >&2
npm run --silent check
npm run --silent test >tests.log 2>&1 || { cat tests.log; exit 1; }
npm run --silent build
if grep -n '"resolved"' package-lock.json; then
  echo "FAILED: package-lock.json names where packages come from; write it again with: npm install --package-lock-only"
  exit 1
fi
cmp dist/page.html "$folder/dist/page.html" || {
  echo "FAILED: sim/report/page/dist/page.html is not fresh; write it again with: npm ci --ignore-scripts && npm run build"
  exit 1
}
echo "good: $(wc -c <dist/page.html) bytes"
