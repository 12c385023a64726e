"""Gives arrays to the program as files."""

import contextlib
import os
import tempfile

import numpy as np


@contextlib.contextmanager
def activations_file(activations):
    """The path of activations: a path as it is, an array [rows, width] as a temporary .npy file, None as None."""
    if activations is None or isinstance(activations, (str, os.PathLike)):
        yield activations
        return
    array = np.asarray(activations)
    if array.ndim != 2 or array.dtype.kind != "f":
        raise ValueError(f"activations are floats [rows, width]; these are {array.dtype} {list(array.shape)}")
    with tempfile.TemporaryDirectory(prefix="husai-") as folder:
        path = os.path.join(folder, "activations.npy")
        np.save(path, np.ascontiguousarray(array, dtype=np.float32))
        yield path
