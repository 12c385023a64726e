"""Ten Adam steps of each autoencoder architecture in PyTorch: tests/Oracles/sae/*.safetensors.

    python3 tests/Oracles/sae_golden.py

Each file holds the batches, the initial weights, the loss of every step, the first step's gradients (the decoder's after its
part along each row is removed) and the weights after ten steps, all computed in float64 and stored as float32.
"""
import json
import pathlib
import struct

import numpy as np
import torch

WIDTH, LATENTS, ROWS, STEPS = 20, 48, 72, 10
FOLDER = pathlib.Path(__file__).parent / "sae"


def save(path, tensors):
    header, data = {}, b""
    for name in sorted(tensors):
        array = np.ascontiguousarray(tensors[name], dtype=np.float32)
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [len(data), len(data) + array.nbytes]}
        data += array.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


class Step(torch.autograd.Function):
    """Heaviside step of p - threshold; the threshold's gradient through a rectangle of the given bandwidth."""

    @staticmethod
    def forward(ctx, p, threshold, bandwidth):
        ctx.save_for_backward(p, threshold)
        ctx.bandwidth = bandwidth
        return (p > threshold).to(p.dtype)

    @staticmethod
    def backward(ctx, grad):
        p, threshold = ctx.saved_tensors
        near = ((p - threshold).abs() < ctx.bandwidth / 2).to(p.dtype)
        return None, (-near / ctx.bandwidth * grad).sum(0), None


class JumpRelu(torch.autograd.Function):
    @staticmethod
    def forward(ctx, p, threshold, bandwidth):
        ctx.save_for_backward(p, threshold)
        ctx.bandwidth = bandwidth
        return p * (p > threshold) * (p > 0)

    @staticmethod
    def backward(ctx, grad):
        p, threshold = ctx.saved_tensors
        near = ((p - threshold).abs() < ctx.bandwidth / 2).to(p.dtype)
        active = ((p > threshold) & (p > 0)).to(p.dtype)
        return grad * active, (-threshold / ctx.bandwidth * near * grad).sum(0), None


def largest(values, count):
    """Keeps the `count` largest of each row."""
    top, where = values.topk(count, dim=-1)
    return torch.zeros_like(values).scatter(-1, where, top)


def loss_of(kind, x, w, options, dead):
    xc = x - w["decoder_bias"]
    linear = xc @ w["encoder"].T
    p = linear + w["encoder_bias"]
    weight = options.get("reconstruction_weight", 1.0)
    squared = lambda r: (r ** 2).sum(-1).mean() * weight
    sparsity = torch.zeros((), dtype=x.dtype)
    if kind in ("relu", "relu_weighted"):
        f = torch.relu(p)
        norms = w["decoder"].norm(dim=1) if kind == "relu_weighted" else 1.0
        sparsity = options["sparsity"] * (f * norms).sum(-1).mean()
    elif kind == "topk":
        f = largest(torch.relu(p), options["k"])
    elif kind in ("batchtopk", "matryoshka"):
        f = torch.relu(p)
        f = largest(f.reshape(1, -1), options["k"] * len(x)).reshape(f.shape)
    elif kind in ("jumprelu", "jumprelu_target"):
        f = JumpRelu.apply(p, w["threshold"], options["bandwidth"])
        l0 = (Step.apply(p, w["threshold"], options["bandwidth"]) * (p > 0)).sum(-1).mean()
        target = options.get("target_l0")
        sparsity = options["sparsity"] * ((l0 / target - 1) ** 2 if target else l0)
    elif kind == "gated":
        magnitude = torch.relu(linear * w["log_magnitude_scale"].exp() + w["magnitude_bias"])
        gate = torch.relu(p)
        f = (p > 0) * magnitude
        sparsity = options["sparsity"] * gate.sum(-1).mean()
        sparsity = sparsity + squared(gate @ w["decoder"].detach() + w["decoder_bias"].detach() - x)
    if kind == "matryoshka":
        widths = options["widths"]
        parts = [squared(f[:, :m] @ w["decoder"][:m] + w["decoder_bias"] - x) for m in widths]
        reconstruction = sum(parts) / len(parts)
    else:
        reconstruction = squared(f @ w["decoder"] + w["decoder_bias"] - x)
    auxiliary = torch.zeros((), dtype=x.dtype)
    if options.get("auxiliary") and dead.any():
        residual = (x - f @ w["decoder"] - w["decoder_bias"]).detach()
        a = torch.relu(p[:, dead])
        a = largest(a, min(options["auxiliary_k"], int(dead.sum())))
        error = ((residual - a @ w["decoder"][dead]) ** 2).sum(-1).mean()
        auxiliary = options["auxiliary"] * error / ((residual - residual.mean(0)) ** 2).sum(-1).mean()
    return reconstruction + sparsity + auxiliary, f


def run(kind, options):
    random = np.random.default_rng(sum(kind.encode()))
    direction = random.normal(size=(30, WIDTH))
    codes = random.exponential(size=(STEPS * ROWS, 30)) * (random.random((STEPS * ROWS, 30)) < 0.15)
    batches = (codes @ direction + 0.1 * random.normal(size=(STEPS * ROWS, WIDTH)) + 0.3).astype(np.float32)
    batches = torch.tensor(batches, dtype=torch.float64).reshape(STEPS, ROWS, WIDTH)
    f32 = lambda a: torch.tensor(np.asarray(a, dtype=np.float32), dtype=torch.float64)
    decoder = f32(random.normal(size=(LATENTS, WIDTH)))
    if options.get("unit", True):
        decoder = f32(decoder / decoder.norm(dim=1, keepdim=True))
    w = {
        "encoder": decoder + f32(0.05 * random.normal(size=decoder.shape)),
        "decoder": decoder,
        "encoder_bias": f32(0.1 * random.normal(size=LATENTS)),
        "decoder_bias": f32(0.1 * random.normal(size=WIDTH)),
    }
    if kind.startswith("jumprelu"):
        w["threshold"] = f32(0.5 + random.random(LATENTS))
    if kind == "gated":
        w["magnitude_bias"] = f32(0.1 * random.normal(size=LATENTS))
        w["log_magnitude_scale"] = f32(0.1 * random.normal(size=LATENTS))
    out = {"batches": batches.numpy()}
    w = {name: torch.nn.Parameter(f32(value.numpy())) for name, value in w.items()}
    out.update({f"initial.{name}": value.detach().numpy().copy() for name, value in w.items()})
    optimiser = torch.optim.Adam(w.values(), lr=1e-3)
    since = torch.zeros(LATENTS)
    losses = []
    for step in range(STEPS):
        loss, f = loss_of(kind, batches[step], w, options, since >= options.get("dead_after", 1e9))
        fired = (f > 0).any(0)
        since = torch.where(fired, torch.zeros(()), since + ROWS)
        optimiser.zero_grad()
        loss.backward()
        if options.get("unit", True):
            d = w["decoder"]
            d.grad -= (d.grad * d.detach()).sum(1, keepdim=True) * d.detach() / d.detach().norm(dim=1, keepdim=True) ** 2
        if step == 0:
            out.update({f"gradient.{name}": value.grad.numpy().copy() for name, value in w.items()})
        optimiser.step()
        if options.get("unit", True):
            w["decoder"].data /= w["decoder"].data.norm(dim=1, keepdim=True)
        if "threshold" in w:
            w["threshold"].data.clamp_(min=0)
        losses.append(loss.item())
    out["losses"] = losses
    out.update({f"final.{name}": value.detach().numpy() for name, value in w.items()})
    save(FOLDER / f"{kind}.safetensors", out)
    print(kind, losses[0], losses[-1], "alive", int((since == 0).sum()))


if __name__ == "__main__":
    aux = {"auxiliary": 1 / 32, "auxiliary_k": 5, "dead_after": 72}
    run("relu", {"sparsity": 0.3, "reconstruction_weight": 1 / WIDTH})
    run("relu_weighted", {"sparsity": 0.3, "unit": False})
    run("topk", {"k": 2, **aux})
    run("batchtopk", {"k": 2, **aux})
    run("jumprelu", {"sparsity": 0.2, "bandwidth": 0.3})
    run("jumprelu_target", {"sparsity": 0.5, "bandwidth": 0.3, "target_l0": 4.0})
    run("gated", {"sparsity": 0.2})
    run("matryoshka", {"k": 3, "widths": [8, 20, 48], **aux})
