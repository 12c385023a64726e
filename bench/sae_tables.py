#!/usr/bin/env python3
"""Trains every shipped SAE, and the ways that were tried to keep latents alive, on one transformer: the tables of docs/notes/sae-settings.md.

    dotnet build -c Release src/Husai.Cli
    husai transformer train --config configs/transformer/mod113_quick.yaml --seed 0 --output runs/quick
    python3 bench/sae_tables.py runs/quick
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

SHIPPED = ["topk_8x_k32", "relu_8x", "batchtopk_8x_k32", "matryoshka_8x_k32", "jumprelu_8x", "gated_8x", "topk_1x_k4"]

WIDE = [
    ("none (20 epochs)", []),
    ("no AuxK", ["aux_coefficient=0"]),
    ("resampling every 200 steps", ["resample_every=200"]),
    ("k annealed from 128 over half the steps", ["k_anneal_start=128", "k_anneal_fraction=0.5"]),
    ("60 epochs", ["epochs=60"]),
    ("200 epochs", ["epochs=200"]),
    ("200 epochs, resampling every 1000 steps", ["epochs=200", "resample_every=1000"]),
    ("recipe husai", ["recipe=husai"]),
]

SPARSE = [
    ("none", []),
    ("no AuxK", ["aux_coefficient=0"]),
    ("resampling every 500 steps", ["resample_every=500"]),
    ("k annealed from 128 over half the steps", ["k_anneal_start=128", "k_anneal_fraction=0.5"]),
    ("as many latents as coordinates", ["expansion_factor=1"]),
]


def husai(program, *arguments):
    result = subprocess.run(["dotnet", program, *arguments, "--json"], stdout=subprocess.PIPE)
    if result.returncode:
        sys.exit(f"husai {' '.join(arguments)}: exit code {result.returncode}")
    return json.loads(result.stdout)


def train(o, config, folder, overrides):
    directory = os.path.join(folder, f"{config}_{len(os.listdir(folder))}")
    settings = [part for value in overrides for part in ("--set", value)]
    return husai(o.husai, "sae", "train", "--config", f"configs/sae/{config}.yaml", "--checkpoint", o.transformer,
                 "--layer", "0", "--seed", str(o.seed), "--output", directory, *settings)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("transformer")
    options.add_argument("--seed", type=int, default=42)
    options.add_argument("--husai", default="src/Husai.Cli/bin/Release/net10.0/husai.dll")
    o = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print("| configuration | explained variance | L0 | dead | spliced accuracy |\n|---|---|---|---|---|")
        for config in SHIPPED:
            trained = train(o, config, folder, [])
            print(f"| {config} | {trained['explained_variance']:.4f} | {trained['l0']:.1f} | {trained['dead_fraction']:.1%} "
                  f"| {trained['accuracy_spliced']:.4f} |", flush=True)
        for title, config, base, changes in (("topk_8x_k32", "topk_8x_k32", [], WIDE),
                                             ("twice the width, k = 4, 100 epochs", "topk_2x_k4", ["epochs=100", "learning_rate=0.001"], SPARSE)):
            print(f"\n{title}\n\n| change | explained variance | dead |\n|---|---|---|")
            for name, overrides in changes:
                trained = train(o, config, folder, base + overrides)
                print(f"| {name} | {trained['explained_variance']:.4f} | {trained['dead_fraction']:.1%} |", flush=True)


if __name__ == "__main__":
    main()
