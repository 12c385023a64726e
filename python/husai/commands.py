"""The commands that measure."""

import os

from .arrays import activations_file
from .program import run


def stability(saes, *, activations=None, checkpoint=None, threads=None, progress=None, **options):
    """Measures how far SAEs of several seeds agree, and compares that with chance levels (``husai stability``).

    saes -- folders of at least two SAEs.
    activations -- array [rows, width], or a file: adds the turned chance level.
    options -- options of the command, such as ``matcher="hungarian"`` or ``chance_draws=8``; True stands for one without a value.
    """
    return _measure("stability", saes, activations, checkpoint, threads, progress, options)


def agreement(saes, *, activations=None, checkpoint=None, threads=None, progress=None, **options):
    """Measures whether matched latents do the same (``husai agreement``); takes activations or the folder of a transformer."""
    return _measure("agreement", saes, activations, checkpoint, threads, progress, options)


def dynamics(saes, *, activations=None, checkpoint=None, threads=None, progress=None, **options):
    """Measures how agreement forms in training (``husai dynamics``)."""
    return _measure("dynamics", saes, activations, checkpoint, threads, progress, options)


def circuit(saes, *, checkpoint, threads=None, progress=None, **options):
    """Compares SAEs with the known circuit of a transformer (``husai circuit``)."""
    return _measure("circuit", saes, None, checkpoint, threads, progress, options)


def compare(a, b, *, activations=None, checkpoint=None, threads=None, progress=None, **options):
    """Tests whether one set of SAEs is more stable than another (``husai compare``)."""
    with activations_file(activations) as file:
        return run(
            "compare", "--a", *_folders(a), "--b", *_folders(b), *_named(activations=file, checkpoint=checkpoint), *_named(**options),
            threads=threads, progress=progress)


def chance(width, latents, *, threads=None, progress=None, **options):
    """Computes the chance level of isotropic dictionaries (``husai chance``)."""
    return run("chance", *_named(width=width, latents=latents, **options), threads=threads, progress=progress)


def study(config, *, output=None, set=None, threads=None, progress=None, **options):
    """Runs a study, or resumes it, and returns its summary (``husai study run``).

    config -- YAML file of the study.
    set -- values that replace the file's, such as ``{"seeds": [1, 2, 3]}``.
    """
    overrides = [word for key, value in (set or {}).items() for word in ("--set", f"{key}={_yaml(value)}")]
    return run("study", "run", config, *_named(output=output, **options), *overrides, threads=threads, progress=progress)


def _measure(command, saes, activations, checkpoint, threads, progress, options):
    with activations_file(activations) as file:
        return run(
            command, *_folders(saes), *_named(activations=file, checkpoint=checkpoint), *_named(**options), threads=threads,
            progress=progress)


def _folders(saes):
    return [saes] if isinstance(saes, (str, os.PathLike)) else list(saes)


def _named(**options):
    words = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            words.append(option)
        elif isinstance(value, (list, tuple)):
            words += [option, *value]
        elif value is not None and value is not False:
            words += [option, value]
    return words


def _yaml(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_yaml(item) for item in value) + "]"
    return "null" if value is None else str(value)
