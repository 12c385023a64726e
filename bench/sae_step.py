"""Rows per second of the usual PyTorch training step of an SAE, on normal data.

    python3 bench/sae_step.py [topk|relu] [d] [M] [k] [B] [threads]

Dense encoder and decoder, torch.topk and scatter, Adam, decoder rows normalised after every step, and for top-k the loop's
auxiliary loss on the runner-up latents. Prints the median. With --rounds, as `Husai.Benchmarks --sae-step` calls it to take turns, prints the
seconds of each step of a round for every line it reads.
"""
import sys
import time

import torch
import torch.nn.functional as F


def main(kind="topk", d=128, m=1024, k=32, b=256, threads=2, rounds=False):
    d, m, k, b, threads = int(d), int(m), int(k), int(b), int(threads)
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    encoder, decoder = torch.nn.Linear(d, m), torch.nn.Linear(m, d)
    decoder.weight.data = F.normalize(decoder.weight.data, dim=0)
    optimiser = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=3e-4)
    batches = [torch.randn(b, d) for _ in range(8)]

    def step(x):
        p = encoder(x)
        if kind == "topk":
            values, indices = torch.topk(p, k, dim=-1)
            f = torch.zeros_like(p).scatter(-1, indices, F.relu(values))
        else:
            f = F.relu(p)
        y = decoder(f)
        loss = F.mse_loss(y, x)
        if kind == "topk":
            rest, _ = torch.topk(p.masked_fill(f > 0, float("-inf")), k, dim=-1)
            loss = loss + F.relu(rest).pow(2).mean() / 32
        else:
            loss = loss + 1e-3 * f.abs().sum(-1).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        with torch.no_grad():
            decoder.weight.data = F.normalize(decoder.weight.data, dim=0)
        return loss

    def run(seconds, least):
        times, start = [], time.perf_counter()
        while len(times) < least or time.perf_counter() - start < seconds:
            begin = time.perf_counter()
            step(batches[len(times) % 8])
            times.append(time.perf_counter() - begin)
        return times

    run(0, 1)
    if rounds:
        print("", flush=True)
        for _ in sys.stdin:
            print(*run(0.5, 1), flush=True)
        return
    times = run(5, 3)
    median = sorted(times)[len(times) // 2]
    print(f"{kind} d={d} M={m} k={k} B={b} threads={threads}: {b / median:.0f} rows/s, step {median * 1e3:.3f} ms")


if __name__ == "__main__":
    main(*[argument for argument in sys.argv[1:] if argument != "--rounds"], rounds="--rounds" in sys.argv)
