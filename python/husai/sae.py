"""Trains and measures SAEs."""

import os

from .arrays import activations_file
from .commands import _folders, _named, _yaml
from .program import run


def train(activations=None, *, output, seeds=None, seed=None, config=None, checkpoint=None, resume=False, threads=None, progress=None, **settings):
    """Trains SAEs and returns their folders (``husai sae train``).

    activations -- array [rows, width], or a file; or give the folder of a transformer as ``checkpoint``.
    output -- folder to write the SAE to; with ``seeds`` the folder of the folders seed_N.
    settings -- keys of the configuration, such as ``architecture="topk", latents=1024, k=32, epochs=20``.
    """
    overrides = [word for key, value in settings.items() for word in ("--set", f"{key}={_yaml(value)}")]
    many = None if seeds is None else ",".join(str(int(number)) for number in seeds)
    with activations_file(activations) as file:
        run(
            "sae", "train",
            *_named(config=config, activations=file, checkpoint=checkpoint, seeds=many, seed=seed, output=output, resume=resume),
            *overrides, threads=threads, progress=progress)
    return [os.fspath(output)] if seeds is None else [os.path.join(output, f"seed_{int(number)}") for number in seeds]


def evaluate(saes, *, activations=None, checkpoint=None, threads=None, progress=None, **options):
    """Measures reconstruction and sparsity of SAEs on activations (``husai sae evaluate``)."""
    with activations_file(activations) as file:
        return run(
            "sae", "evaluate", *_folders(saes), *_named(activations=file, checkpoint=checkpoint), *_named(**options), threads=threads,
            progress=progress)


def info(sae):
    """Describes a saved SAE (``husai sae info``)."""
    return run("sae", "info", sae)
