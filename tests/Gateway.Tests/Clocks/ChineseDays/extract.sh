#!/usr/bin/env bash
# Writes chinese-days.json anew: what the npm package chinese-days says about each day. Needs node, npm and the npm registry;
# the tests need none of them.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=1.5.7
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "chinese-days@$version" >/dev/null
tar xzf "chinese-days-$version.tgz"
cp package/LICENSE "$here/LICENSE"

VERSION=$version node >"$here/chinese-days.json" <<'JS'
const { isWorkday } = require("./package/dist/index.min.js");
const two = number => String(number).padStart(2, "0");
const years = {};
for (let year = 2022; year <= 2027; year++) {
  years[year] = [];
  for (let month = 1; month <= 12; month++) {
    const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
    years[year].push(Array.from({ length: days }, (_, day) =>
      isWorkday(`${year}-${two(month)}-${two(day + 1)}`) ? "W" : ".").join(""));
  }
}
const source = `npm chinese-days ${process.env.VERSION} (MIT, see LICENSE); a line a month, a letter a day, W: working day`;
console.log(JSON.stringify({ source, years }, null, 2));
JS
