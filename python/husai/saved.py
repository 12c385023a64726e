"""Reads the weights of a saved SAE."""

import json
import os
import struct
from dataclasses import dataclass, field

import numpy as np

_DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "U8": "u1", "BOOL": "?"}


@dataclass
class SavedSae:
    """An SAE in the layout of SAELens.

    config -- cfg.json as a dictionary.
    weights -- every tensor by its name, such as W_enc [width, latents] and W_dec [latents, width].
    """

    config: dict
    weights: dict = field(repr=False)

    @property
    def decoder(self):
        """Decoder rows, [latents, width]."""
        return self.weights["W_dec"]

    @property
    def encoder(self):
        """Encoder rows, [latents, width]."""
        return self.weights["W_enc"].T


def load(folder):
    """Reads an SAE that the program saved, or one of SAELens."""
    with open(os.path.join(folder, "cfg.json"), encoding="utf-8") as file:
        config = json.load(file)
    return SavedSae(config, read_safetensors(os.path.join(folder, "sae_weights.safetensors")))


def read_safetensors(path):
    """Reads all tensors of a safetensors file, as arrays by name; bfloat16 becomes float32."""
    with open(path, "rb") as file:
        size = file.read(8)
        if len(size) < 8 or struct.unpack("<Q", size)[0] > os.path.getsize(path):
            raise ValueError(f"{path}: is no safetensors file")
        header = json.loads(file.read(struct.unpack("<Q", size)[0]))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: _tensor(path, name, entry, data) for name, entry in header.items()}


def _tensor(path, name, entry, data):
    first, end = entry["data_offsets"]
    if end > len(data):
        raise ValueError(f"{path}: the tensor {name!r} is cut off")
    values, shape = data[first:end], entry["shape"]
    if entry["dtype"] == "BF16":
        return (np.frombuffer(values, "<u2").astype("<u4") << 16).view("<f4").reshape(shape)
    if entry["dtype"] not in _DTYPES:
        raise ValueError(f"{path}: the tensor {name!r} has the type {entry['dtype']}, which is not known here")
    return np.frombuffer(values, _DTYPES[entry["dtype"]]).reshape(shape).copy()
