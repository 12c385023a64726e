#!/usr/bin/env bash
# Compares Husai's products with OpenBLAS (Debian package libopenblas0-pthread) in one process: same shapes, same threads, turn about.
# usage: bench/openblas.sh [threads] [rounds]
set -euo pipefail
cd "$(dirname "$0")/.."
ldconfig -p | grep -q 'libopenblas\.so\.0' || { echo "libopenblas.so.0 is missing: apt-get install libopenblas0-pthread" >&2; exit 2; }
exec dotnet run -c Release --project bench/Husai.Benchmarks -- --openblas "${1:-$(nproc)}" "${2:-7}"
