"""Writes SAEs of random numbers in the layouts and sizes of seed sets that people have published, to try commands on.

usage: seed_sets.py sparsify|gemma_scope FOLDER [latents] [width] [seeds]

sparsify     FOLDER/layers.3/seed0 and so on: cfg.json, sae.safetensors (EleutherAI's sparsify, TopK, 32-bit)
gemma_scope  FOLDER/width_N/average_l0_71/params.npz, one for each of latents, 2 latents and 4 latents (JumpReLU, 32-bit)

Half of the latents of the smallest are shared by all, turned a little; the rest are independent. Needs numpy.
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np

SHARED_COSINE = 0.9
BLOCK = 512


def directions(latents, width, seed, shared_latents):
    """Unit rows in an order of the seed's own: some those of all seeds at a cosine near 0.9, the others this seed's own."""
    own, shared = np.random.default_rng([1, seed]), np.random.default_rng([0])
    rows = np.empty((latents, width), np.float32)
    order = np.random.default_rng([2, seed]).permutation(latents)
    for first in range(0, latents, BLOCK):
        block = own.standard_normal((min(BLOCK, latents - first), width), np.float32)
        block /= np.linalg.norm(block, axis=1, keepdims=True)
        if first < shared_latents:
            common = shared.standard_normal(block.shape, np.float32)
            common /= np.linalg.norm(common, axis=1, keepdims=True)
            block = SHARED_COSINE * common + np.sqrt(1 - SHARED_COSINE**2, dtype=np.float32) * block
        rows[order[first:first + len(block)]] = block / np.linalg.norm(block, axis=1, keepdims=True)
    return rows


def write_safetensors(path, tensors):
    header, offset = {}, 0
    for name, values in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [offset, offset + values.nbytes]}
        offset += values.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for values in tensors.values():
            values.tofile(file)


def sparsify(folder, latents, width, seeds):
    for seed in range(seeds):
        place = Path(folder) / "layers.3" / f"seed{seed}"
        place.mkdir(parents=True, exist_ok=True)
        rows = directions(latents, width, seed, latents // 2)
        (place / "cfg.json").write_text(json.dumps({
            "activation": "topk", "expansion_factor": latents // width, "normalize_decoder": True, "num_latents": latents, "k": 32,
            "multi_topk": False, "skip_connection": False, "d_in": width}))
        write_safetensors(place / "sae.safetensors", {
            "encoder.weight": rows, "encoder.bias": np.zeros(latents, np.float32), "W_dec": rows,
            "b_dec": np.zeros(width, np.float32)})
        print(place)


def gemma_scope(folder, latents, width, _):
    for factor in (1, 2, 4):
        place = Path(folder) / f"width_{factor * latents}" / "average_l0_71"
        place.mkdir(parents=True, exist_ok=True)
        rows = directions(factor * latents, width, factor, latents // 2)
        np.savez(
            place / "params.npz", W_enc=np.ascontiguousarray(rows.T), W_dec=rows, b_enc=np.zeros(len(rows), np.float32),
            b_dec=np.zeros(width, np.float32), threshold=np.full(len(rows), 0.5, np.float32))
        print(place / "params.npz")


def main(arguments):
    kinds = {"sparsify": (sparsify, 32768, 768, 3), "gemma_scope": (gemma_scope, 16384, 2304, 1)}
    if len(arguments) < 2 or arguments[0] not in kinds:
        sys.exit(__doc__)
    write, *sizes = kinds[arguments[0]]
    given = [int(number) for number in arguments[2:]]
    write(arguments[1], *(given + sizes[len(given):]))


if __name__ == "__main__":
    main(sys.argv[1:])
