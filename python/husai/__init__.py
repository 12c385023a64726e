"""Are the features of sparse autoencoders (SAEs) real and reproducible?

Each function runs the program ``husai`` and returns what it prints as JSON: dictionaries, lists and numbers, with the keys that the
documentation of the command names. Arrays may be given wherever the program takes a file of activations.
"""

from . import sae
from .commands import agreement, chance, circuit, compare, dynamics, stability, study
from .program import HusaiError, find_program, run
from .saved import SavedSae, load

__version__ = "0.2.0"

__all__ = [
    "HusaiError",
    "SavedSae",
    "agreement",
    "chance",
    "circuit",
    "compare",
    "dynamics",
    "find_program",
    "load",
    "run",
    "sae",
    "stability",
    "study",
]
