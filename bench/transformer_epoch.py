#!/usr/bin/env python3
"""One full-batch epoch of the one-layer transformer: PyTorch, all positions, against Husai, same machine, same threads.

PyTorch runs the plain model of Nanda et al. 2023 as its authors' code does: every position through every layer, loss in
double precision at '=', AdamW over all parameters. Husai's program trains the same configuration. The two take turns, so
that a change of the machine's speed falls on both; the median of the rounds counts. With --libtorch, the same epoch of the
program that bench/Husai.Libtorch builds takes the place of PyTorch's. From the repository root:

    dotnet build -c Release src/Husai.Cli
    python3 bench/transformer_epoch.py --threads 2
"""
import argparse
import json
import math
import os
import re
import statistics
import subprocess
import tempfile
import time

try:
    import torch
except ImportError:
    torch = None

P, WIDTH, HEADS, HEAD, NEURONS = 113, 128, 4, 32, 512


def parameters():
    generator = torch.Generator().manual_seed(0)

    def normal(deviation, *shape):
        return (torch.randn(*shape, generator=generator) * deviation).requires_grad_()

    d = 1 / math.sqrt(WIDTH)
    return dict(
        E=normal(d, P + 1, WIDTH), pos=normal(d, 3, WIDTH),
        Q=normal(d, HEADS, WIDTH, HEAD), K=normal(d, HEADS, WIDTH, HEAD), V=normal(d, HEADS, WIDTH, HEAD),
        O=normal(d, HEADS, HEAD, WIDTH), W_in=normal(d, WIDTH, NEURONS), b_in=normal(0, NEURONS),
        W_out=normal(d, NEURONS, WIDTH), b_out=normal(0, WIDTH), U=normal(1 / math.sqrt(P + 1), WIDTH, P))


def forward(w, tokens, mask):
    x = w["E"][tokens] + w["pos"]
    q, k, v = (torch.einsum("btd,hdk->bhtk", x, w[name]) for name in "QKV")
    pattern = (torch.einsum("bhtk,bhsk->bhts", q, k) / math.sqrt(HEAD) + mask).softmax(-1)
    x = x + torch.einsum("bhtk,hkd->btd", torch.einsum("bhts,bhsk->bhtk", pattern, v), w["O"])
    x = x + torch.relu(x @ w["W_in"] + w["b_in"]) @ w["W_out"] + w["b_out"]
    return x @ w["U"]


class PyTorch:
    def __init__(self, fraction, threads):
        torch.set_num_threads(threads)
        self.name = f"PyTorch {torch.__version__}"
        pairs = torch.randperm(P * P, generator=torch.Generator().manual_seed(0))[: int(fraction * P * P)]
        a, b = pairs // P, pairs % P
        self.tokens = torch.stack([a, b, torch.full_like(a, P)], 1)
        self.targets = (a + b) % P
        self.mask = torch.full((3, 3), -math.inf).triu(1)
        self.w = parameters()
        self.optimiser = torch.optim.AdamW(self.w.values(), lr=1e-3, weight_decay=1.0, betas=(0.9, 0.98))

    def epochs_per_second(self, epochs):
        """Epochs after the first, which also prepares memory."""
        self.run(1)
        return epochs / self.run(epochs)

    def run(self, epochs):
        start = time.perf_counter()
        for _ in range(epochs):
            logits = forward(self.w, self.tokens, self.mask)[:, -1].double()
            loss = torch.nn.functional.cross_entropy(logits, self.targets)
            self.optimiser.zero_grad()
            loss.backward()
            self.optimiser.step()
        return time.perf_counter() - start


class Libtorch:
    """A process each time, so that its threads are gone when Husai's turn comes."""

    def __init__(self, program, fraction, threads):
        self.command = [program, "transformer-epoch", str(fraction), str(threads)]
        self.name = "libtorch"

    def epochs_per_second(self, epochs):
        line = subprocess.run(self.command, check=True, stdout=subprocess.PIPE, text=True).stdout
        self.name = line.split(",")[0]
        return 1000 / float(re.search(r"median ([0-9.]+) ms", line)[1])


def husai(program, configuration, fraction, epochs, threads):
    with tempfile.TemporaryDirectory() as folder:
        result = subprocess.run(
            ["dotnet", program, "transformer", "train", "--config", configuration, "--epochs", str(epochs), "--threads", str(threads),
             "--set", f"training.train_fraction={fraction}", "--set", "training.evaluate_every=1000000",
             "--set", "training.checkpoint_every=0", "--output", os.path.join(folder, "run"), "--json"],
            check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return json.loads(result.stdout)["steps_per_second"]


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--libtorch", help="program that bench/Husai.Libtorch builds")
    options.add_argument("--husai", default="src/Husai.Cli/bin/Release/net10.0/husai.dll")
    options.add_argument("--config", default="configs/transformer/mod113_1layer.yaml")
    options.add_argument("--fraction", type=float, default=0.3)
    options.add_argument("--torch-epochs", type=int, default=6)
    options.add_argument("--husai-epochs", type=int, default=60)
    o = options.parse_args()
    reference = Libtorch(o.libtorch, o.fraction, o.threads) if o.libtorch else PyTorch(o.fraction, o.threads)
    theirs, ours = [], []
    for _ in range(o.rounds):
        theirs.append(reference.epochs_per_second(o.torch_epochs))
        ours.append(husai(o.husai, o.config, o.fraction, o.husai_epochs, o.threads))
    torch_ms, husai_ms = 1000 / statistics.median(theirs), 1000 / statistics.median(ours)
    print(f"{int(o.fraction * P * P)} pairs, {o.threads} threads, {reference.name}")
    print(f"Torch   {torch_ms:8.1f} ms an epoch   ({', '.join(f'{1000 / x:.0f}' for x in theirs)})")
    print(f"Husai   {husai_ms:8.1f} ms an epoch   ({', '.join(f'{1000 / x:.0f}' for x in ours)})")
    print(f"ratio   {torch_ms / husai_ms:8.1f}")


if __name__ == "__main__":
    main()
