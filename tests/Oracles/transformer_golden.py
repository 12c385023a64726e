#!/usr/bin/env python3
"""Golden files for the transformer: a plain PyTorch model, all positions, TransformerLens names and shapes.

Writes tests/Oracles/transformers/{one_layer_relu,two_layers_gelu_norm}.safetensors, each with the initial weights, the
batch, its logits, loss and every gradient, and the weights after ten AdamW steps. Run from the repository root:

    python3 tests/Oracles/transformer_golden.py
"""
import json
import math
import struct

import torch

torch.set_num_threads(1)


def write_safetensors(path, tensors, metadata):
    header, offset, chunks = {"__metadata__": metadata}, 0, []
    for name, tensor in tensors.items():
        data = tensor.detach().contiguous().numpy().tobytes()
        dtype = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64"}[tensor.dtype]
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
        chunks.append(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(chunks))


def names_and_shapes(o):
    d, h, k, m = o["d_model"], o["heads"], o["d_head"], o["d_mlp"]
    yield "embed.W_E", (o["vocabulary"], d)
    yield "pos_embed.W_pos", (o["context"], d)
    for layer in range(o["layers"]):
        block = f"blocks.{layer}."
        if o["norm"]:
            for ln in ("ln1", "ln2"):
                yield f"{block}{ln}.w", (d,)
                yield f"{block}{ln}.b", (d,)
        for letter in "QKV":
            yield f"{block}attn.W_{letter}", (h, d, k)
        yield f"{block}attn.W_O", (h, k, d)
        if o["all_biases"]:
            for letter in "QKV":
                yield f"{block}attn.b_{letter}", (h, k)
            yield f"{block}attn.b_O", (d,)
        yield f"{block}mlp.W_in", (d, m)
        yield f"{block}mlp.b_in", (m,)
        yield f"{block}mlp.W_out", (m, d)
        yield f"{block}mlp.b_out", (d,)
    if o["norm"]:
        yield "ln_final.w", (d,)
        yield "ln_final.b", (d,)
    yield "unembed.W_U", (d, o["p"])
    if o["all_biases"]:
        yield "unembed.b_U", (o["p"],)


def forward(w, o, tokens):
    def norm(x, name):
        if not o["norm"]:
            return x
        return torch.nn.functional.layer_norm(x, (o["d_model"],), w[name + ".w"], w[name + ".b"], 1e-5)

    x = w["embed.W_E"][tokens] + w["pos_embed.W_pos"]  # [batch, position, d_model]
    mask = torch.full((o["context"], o["context"]), -math.inf).triu(1)
    for layer in range(o["layers"]):
        block = f"blocks.{layer}."
        a = norm(x, block + "ln1")

        def heads(letter):
            y = torch.einsum("btd,hdk->bhtk", a, w[f"{block}attn.W_{letter}"])
            return y + w[f"{block}attn.b_{letter}"][:, None] if o["all_biases"] else y

        q, k, v = heads("Q"), heads("K"), heads("V")
        pattern = (torch.einsum("bhtk,bhsk->bhts", q, k) / math.sqrt(o["d_head"]) + mask).softmax(-1)
        z = torch.einsum("bhts,bhsk->bhtk", pattern, v)
        x = x + torch.einsum("bhtk,hkd->btd", z, w[block + "attn.W_O"])
        if o["all_biases"]:
            x = x + w[block + "attn.b_O"]
        hidden = norm(x, block + "ln2") @ w[block + "mlp.W_in"] + w[block + "mlp.b_in"]
        hidden = torch.relu(hidden) if o["activation"] == "relu" else torch.nn.functional.gelu(hidden)
        x = x + hidden @ w[block + "mlp.W_out"] + w[block + "mlp.b_out"]
    logits = norm(x, "ln_final") @ w["unembed.W_U"]
    return (logits + w["unembed.b_U"] if o["all_biases"] else logits)[:, -1]


def golden(path, o, adam):
    generator = torch.Generator().manual_seed(o["p"])
    w = {}
    for name, shape in names_and_shapes(o):
        values = torch.randn(shape, generator=generator)
        symbol = name.rsplit(".", 1)[1]
        # Biases and gains away from 0 and 1, or an error in their gradients could hide.
        values = 1 + 0.2 * values if symbol == "w" else values / math.sqrt(o["d_model"]) if symbol[0] == "W" else 0.2 * values
        w[name] = values.requires_grad_()
    inputs = torch.randperm(o["p"] ** 2, generator=generator)[: o["batch"]].sort().values
    a, b = inputs // o["p"], inputs % o["p"]
    constant = torch.ones_like(a)
    if o["context"] == 3:
        tokens = torch.stack([a, b, constant * o["p"]], 1)
    else:
        tokens = torch.stack([constant * o["p"], a, constant * (o["p"] + 3), b, constant * (o["p"] + 2)], 1)
    targets = (a + b) % o["p"]

    def loss_of(logits):
        return torch.nn.functional.cross_entropy(logits.double(), targets)

    out = {"initial." + name: tensor.clone() for name, tensor in w.items()}
    logits = forward(w, o, tokens)
    loss = loss_of(logits)
    loss.backward()
    out.update({"gradient." + name: tensor.grad.clone() for name, tensor in w.items()})
    out.update(inputs=inputs, logits=logits, loss=loss.reshape(1))
    optimiser = torch.optim.AdamW(w.values(), **adam)
    losses = []
    for _ in range(10):
        optimiser.zero_grad()
        step_loss = loss_of(forward(w, o, tokens))
        step_loss.backward()
        optimiser.step()
        losses.append(step_loss.detach())
    out.update({"after." + name: tensor for name, tensor in w.items()}, losses=torch.stack(losses))
    write_safetensors(path, out, {"format": "pt", "made_by": "tests/Oracles/transformer_golden.py"})


golden(
    "tests/Oracles/transformers/one_layer_relu.safetensors",
    dict(p=11, vocabulary=12, context=3, layers=1, d_model=16, heads=2, d_head=8, d_mlp=40, norm=False,
         activation="relu", all_biases=False, batch=60),
    dict(lr=1e-3, weight_decay=1.0, betas=(0.9, 0.98), eps=1e-8),
)
# The gradient of b_K is zero but for rounding: a larger epsilon keeps Adam from blowing that rounding up to full steps.
golden(
    "tests/Oracles/transformers/two_layers_gelu_norm.safetensors",
    dict(p=7, vocabulary=11, context=5, layers=2, d_model=12, heads=2, d_head=6, d_mlp=20, norm=True,
         activation="gelu", all_biases=True, batch=30),
    dict(lr=3e-3, weight_decay=0.5, betas=(0.9, 0.98), eps=1e-5),
)
