#!/bin/sh
# Writes the hashed requirement files anew. The lock names no registry, so it works with whichever one is configured.
set -eu
cd "$(dirname "$0")/.."
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
python3 -m venv "$tool" && "$tool/bin/pip" --quiet install uv
for name in runtime dev; do
  "$tool/bin/uv" pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header \
    --no-emit-index-url --no-emit-find-links "requirements/$name.in" -o "requirements/$name.txt"
done
