#!/usr/bin/env bash
# Compares Husai's products with OpenBLAS (Debian package libopenblas0-pthread) in one process: same shapes, same threads, turn about.
# The first line says which kernels OpenBLAS chose. An old OpenBLAS may not know a new processor: compare with the fastest of those that
# OPENBLAS_CORETYPE can ask for (SkylakeX for AVX-512, Haswell for AVX2); the last column tells a wrong result.
# usage: bench/openblas.sh [threads] [rounds]
set -euo pipefail
cd "$(dirname "$0")/.."
ldconfig -p | grep -q 'libopenblas\.so\.0' || { echo "libopenblas.so.0 is missing: apt-get install libopenblas0-pthread" >&2; exit 2; }
exec dotnet run -c Release --project bench/Husai.Benchmarks -- --openblas "${1:-$(nproc)}" "${2:-7}"
