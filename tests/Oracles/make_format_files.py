"""Makes the small NumPy and PyTorch files in tests/Oracles/formats, and expected.json with what they hold.

Run with NumPy and PyTorch installed (made with NumPy 1.24 and PyTorch 1.13): python3 make_format_files.py
"""
import builtins
import json
import os
import zipfile

import numpy
import torch

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "formats")
expected = {}


def describe(array):
    """A tensor as JSON: the element type, the shape, and the row-major values as numbers."""
    values = [float(v) if array.dtype.kind == "f" else int(v) for v in array.ravel(order="C")]
    return {"type": str(array.dtype.newbyteorder("=").name), "shape": list(array.shape), "values": values}


def describe_torch(tensor):
    array = tensor.detach().to(torch.float32) if tensor.dtype == torch.bfloat16 else tensor.detach()
    entry = describe(array.contiguous().numpy())
    entry["type"] = str(tensor.dtype).replace("torch.", "")
    return entry


def save_npy(name, array):
    numpy.save(os.path.join(FOLDER, name), array)
    expected[name] = {name[:-4]: describe(array)}


def make_numpy():
    grid = numpy.arange(6).reshape(2, 3)
    for code in ["?", "u1", "i1", "i2", "u2", "f2", "i4", "u4", "f4", "f8", "i8", "u8"]:
        save_npy(f"little-{numpy.dtype(code).name}.npy", (grid - (1 if code[0] in "if" else 0)).astype(code))
    for code in [">i2", ">u4", ">f2", ">f4", ">f8", ">i8"]:
        save_npy(f"big-{numpy.dtype(code).name}.npy", grid.astype(code))
    save_npy("scalar.npy", numpy.float32(1.5).reshape(()))
    save_npy("vector.npy", numpy.array([1, 2, 3], numpy.float32))
    save_npy("empty.npy", numpy.zeros((3, 0, 2), numpy.float32))
    save_npy("column-major.npy", numpy.asfortranarray(numpy.arange(24, dtype=numpy.float32).reshape(2, 3, 4)))
    save_npy("column-major-big.npy", numpy.asfortranarray(numpy.arange(6, dtype=">f8").reshape(2, 3)))
    with open(os.path.join(FOLDER, "version2.npy"), "wb") as file:
        numpy.lib.format.write_array(file, grid.astype("<f4"), version=(2, 0))
    expected["version2.npy"] = {"version2": describe(grid.astype("<f4"))}
    arrays = {"w": grid.astype("<f4"), "b/é": numpy.array([7, 8], "<i8"), "t": numpy.asfortranarray(grid.astype("<f8"))}
    numpy.savez(os.path.join(FOLDER, "stored.npz"), **arrays)
    numpy.savez_compressed(os.path.join(FOLDER, "deflated.npz"), **arrays)
    for name in ["stored.npz", "deflated.npz"]:
        expected[name] = {key: describe(array) for key, array in arrays.items()}
    numpy.save(os.path.join(FOLDER, "refused-objects.npy"), numpy.array([{}], dtype=object))
    numpy.save(os.path.join(FOLDER, "refused-structured.npy"), numpy.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
    numpy.save(os.path.join(FOLDER, "refused-complex.npy"), numpy.zeros(2, dtype="<c8"))


def save_torch(name, value, tensors, metadata=None):
    torch.save(value, os.path.join(FOLDER, name))
    expected[name] = {key: describe_torch(tensor) for key, tensor in tensors.items()}
    expected[name + ".metadata"] = metadata or {}


class Evil:
    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def make_torch():
    torch.manual_seed(1)
    base = torch.arange(12, dtype=torch.float32).reshape(3, 4)
    types = [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16,
             torch.int8, torch.uint8, torch.bool]
    state = {str(t).replace("torch.", ""): (base - (0 if t in (torch.uint8, torch.bool) else 2)).to(t) for t in types}
    save_torch("types.pt", state, state)
    views = {"base": base, "transposed": base.t(), "columns": base[:, 1:3], "rows": base[1:], "same": base,
             "expanded": torch.tensor([5.0]).expand(2, 3), "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 4),
             "parameter": torch.nn.Parameter(torch.ones(2))}
    save_torch("views.pt", views, views)
    module = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.LayerNorm(2))
    optimizer = torch.optim.Adam(module.parameters(), lr=0.01)
    module(torch.ones(1, 3)).pow(2).sum().backward()
    optimizer.step()
    save_torch("module.pt", module.state_dict(), module.state_dict())
    whole = {"step": 70000, "ae": module.state_dict(), "optimizer": optimizer.state_dict(), "norm_factor": 0.25,
             "name": "résidu", "flag": True, "nothing": None, "large": 1 << 40, "dtype": torch.float32,
             "size": torch.Size([2, 3]), "list": [1, "a"]}
    tensors = {f"ae.{key}": value for key, value in module.state_dict().items()}
    for index, entry in optimizer.state_dict()["state"].items():
        tensors.update({f"optimizer.state.{index}.{key}": value for key, value in entry.items()})
    save_torch("checkpoint.pt", whole, tensors, {
        "step": "70000", "norm_factor": "0.25", "name": "résidu", "flag": "True", "nothing": "None",
        "large": str(1 << 40), "dtype": "torch.float32", "size.0": "2", "size.1": "3", "list.0": "1", "list.1": "a",
        "optimizer.param_groups.0.lr": "0.01", "optimizer.param_groups.0.betas.1": "0.999"})
    torch.save(state, os.path.join(FOLDER, "refused-legacy.pt"), _use_new_zipfile_serialization=False)
    torch.save({"w": base, "x": Evil(os.system, "true")}, os.path.join(FOLDER, "refused-system.pt"))
    torch.save({"w": base, "x": [{"y": (Evil(builtins.eval, "1"),)}]}, os.path.join(FOLDER, "refused-eval.pt"))
    torch.save(module, os.path.join(FOLDER, "refused-module.pt"))
    torch.jit.save(torch.jit.trace(torch.nn.ReLU(), torch.ones(1)), os.path.join(FOLDER, "refused-script.pt"))
    with zipfile.ZipFile(os.path.join(FOLDER, "types.pt")) as source, \
            zipfile.ZipFile(os.path.join(FOLDER, "refused-deflated.pt"), "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(zipfile.ZipInfo(member.filename), source.read(member), zipfile.ZIP_DEFLATED)


os.makedirs(FOLDER, exist_ok=True)
make_numpy()
make_torch()
with open(os.path.join(FOLDER, "expected.json"), "w", encoding="utf-8") as file:
    json.dump(expected, file, indent=1, ensure_ascii=False)
    file.write("\n")
