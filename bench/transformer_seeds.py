#!/usr/bin/env python3
"""Trains a configuration with several seeds and puts each model through the gate: the tables of docs/notes/transformer-settings.md.

    dotnet build -c Release src/Husai.Cli
    python3 bench/transformer_seeds.py configs/transformer/mod113_quick.yaml --seeds 10

Exit code 3 if a seed fails.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time


def husai(program, *arguments):
    result = subprocess.run(["dotnet", program, *arguments, "--json"], stdout=subprocess.PIPE)
    if result.returncode not in (0, 3):
        sys.exit(f"husai {' '.join(arguments)}: exit code {result.returncode}")
    return json.loads(result.stdout), result.returncode


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("config")
    options.add_argument("--seeds", type=int, default=10)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    options.add_argument("--threads", default="2")
    options.add_argument("--husai", default="src/Husai.Cli/bin/Release/net10.0/husai.dll")
    o = options.parse_args()
    print("| seed | restarts | grokked | epochs | seconds | held-out loss | accuracy | restricted | excluded | sum share | cosine FVE "
          "| neurons | key frequencies | gate |")
    print("|" + "---|" * 14)
    failures = 0
    for seed in range(o.first, o.first + o.seeds):
        with tempfile.TemporaryDirectory() as folder:
            directory = os.path.join(folder, "run")
            overrides = [part for value in o.set for part in ("--set", value)]
            start = time.perf_counter()
            trained, _ = husai(o.husai, "transformer", "train", "--config", o.config, "--seed", str(seed), "--threads", o.threads,
                               "--output", directory, *overrides)
            seconds = time.perf_counter() - start
            m, code = husai(o.husai, "transformer", "inspect", "--checkpoint", directory, "--gate")
            failed = [check["name"] for check in m["gate"] if not check["ok"]]
            failures += code == 3
            print(f"| {seed} | {trained['restarts']} | {trained['grok_epoch']} | {trained['epochs']} | {seconds:.1f} "
                  f"| {m['test_loss']:.1e} | {m['test_accuracy']:.5f} | {m['restricted_loss']:.1e} | {m['excluded_loss']:.2f} "
                  f"| {m['logit_sum_share']:.3f} | {m['logit_cosine_fve']:.3f} | {m['neurons_single_frequency']:.3f} "
                  f"| {' '.join(map(str, m['key_frequencies']))} | {', '.join(failed) or 'ok'} |", flush=True)
    sys.exit(3 if failures else 0)


if __name__ == "__main__":
    main()
