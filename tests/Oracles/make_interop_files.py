"""Makes one small sparse autoencoder in each layout of the other libraries, in tests/Oracles/interop/<name>/.

Beside the library's own files each folder gets expected.json: inputs, latents and reconstruction of the forward pass as
that library defines it, in double precision from the stored weights. tests/Oracles/interop/README.md lists the folders.
The libraries themselves are not needed: the layouts are re-created. Made with PyTorch 1.13: python3 make_interop_files.py
"""
import json
import math
import os
import shutil
import struct

import numpy
import torch

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "interop")
WIDTH, LATENTS, ROWS, K = 6, 10, 5, 3
CODES = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}


def write_safetensors(path, tensors, metadata=None):
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, tensor in tensors.items():
        flat = tensor.detach().contiguous()
        # NumPy has no bfloat16: its bytes are those of an int16 of the same bits.
        raw = flat.view(torch.int16).numpy().tobytes() if flat.dtype == torch.bfloat16 else flat.numpy().tobytes()
        header[name] = {"dtype": CODES[flat.dtype], "shape": list(flat.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def folder(*parts):
    path = os.path.join(ROOT, *parts)
    os.makedirs(path, exist_ok=True)
    return path


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1)
        file.write("\n")


def write_expected(path, inputs, latents, reconstruction):
    write_json(os.path.join(path, "expected.json"), {
        "inputs": inputs.tolist(), "latents": latents.tolist(), "reconstruction": reconstruction.tolist()})


class Weights:
    """Encoder E [latents, width], decoder D [latents, width] and biases, in float32, with a stream of their own per name."""

    def __init__(self, name, unit_norm=False):
        generator = torch.Generator().manual_seed(sum(name.encode()) + 1000 * len(name))
        draw = lambda *shape: torch.randn(*shape, generator=generator)
        self.encoder, self.decoder = draw(LATENTS, WIDTH), draw(LATENTS, WIDTH)
        if unit_norm:
            self.decoder /= self.decoder.norm(dim=1, keepdim=True)
        self.encoder_bias, self.decoder_bias = 0.3 * draw(LATENTS), 0.5 * draw(WIDTH)
        self.threshold = 0.2 + 0.8 * torch.rand(LATENTS, generator=generator)
        self.gate_bias, self.log_scale, self.skip = 0.3 * draw(LATENTS), 0.4 * draw(LATENTS), 0.2 * draw(WIDTH, WIDTH)
        self.inputs = draw(ROWS, WIDTH)

    def pre(self, inputs, subtract):
        x = inputs - self.decoder_bias.double() if subtract else inputs
        return x @ self.encoder.double().T + self.encoder_bias.double()

    def decode(self, latents):
        return latents @ self.decoder.double() + self.decoder_bias.double()


def keep_largest(values, k):
    top = values.topk(k, dim=-1)
    return torch.zeros_like(values).scatter(-1, top.indices, top.values)


def gated(weights, inputs):
    x = (inputs - weights.decoder_bias.double()) @ weights.encoder.double().T
    gate = (x + weights.gate_bias.double() > 0).double()
    return gate * torch.relu(x * weights.log_scale.double().exp() + weights.encoder_bias.double())


# SAELens: cfg.json and sae_weights.safetensors; W_enc is [width, latents], W_dec [latents, width].

def sae_lens_config(architecture, **extra):
    return {
        "d_in": WIDTH, "d_sae": LATENTS, "dtype": "float32", "device": "cpu", "apply_b_dec_to_input": True,
        "normalize_activations": "none", "reshape_activations": "none", "architecture": architecture, **extra,
        "metadata": {"sae_lens_version": "6.37.6", "model_name": "tiny", "hook_name": "blocks.0.hook_resid_post",
                     "model_class_name": "HookedTransformer", "hook_head_index": None, "context_size": 3,
                     "prepend_bos": False, "model_from_pretrained_kwargs": {}}}


def sae_lens(name, config, weights, latents, reconstruction, tensors=None, drop=(), dtype=torch.float32):
    path = folder(name)
    standard = {"W_enc": weights.encoder.T, "b_enc": weights.encoder_bias, "W_dec": weights.decoder, "b_dec": weights.decoder_bias}
    stored = {key: value.to(dtype) for key, value in standard.items() if key not in drop}
    write_safetensors(os.path.join(path, "sae_weights.safetensors"), {**stored, **(tensors or {})})
    write_json(os.path.join(path, "cfg.json"), config)
    write_expected(path, weights.inputs.double(), latents, reconstruction)


def make_sae_lens():
    w = Weights("sae-lens-standard")
    f = torch.relu(w.pre(w.inputs.double(), True))
    sae_lens("sae-lens-standard", sae_lens_config("standard"), w, f, w.decode(f))

    w = Weights("sae-lens-no-pre-bias")
    f = torch.relu(w.pre(w.inputs.double(), False))
    sae_lens("sae-lens-no-pre-bias", sae_lens_config("standard", apply_b_dec_to_input=False), w, f, w.decode(f))

    w = Weights("sae-lens-topk")
    f = torch.relu(keep_largest(w.pre(w.inputs.double(), True), K))
    sae_lens("sae-lens-topk", sae_lens_config("topk", k=K, rescale_acts_by_decoder_norm=False), w, f, w.decode(f))

    w = Weights("sae-lens-topk-rescaled")
    norm = w.decoder.double().norm(dim=1)
    f = torch.relu(keep_largest(w.pre(w.inputs.double(), True) * norm, K))
    sae_lens("sae-lens-topk-rescaled", sae_lens_config("topk", k=K, rescale_acts_by_decoder_norm=True), w, f, w.decode(f / norm))

    w = Weights("sae-lens-jumprelu")
    p = w.pre(w.inputs.double(), True)
    f = torch.relu(p) * (p > w.threshold.double())
    sae_lens("sae-lens-jumprelu", sae_lens_config("jumprelu"), w, f, w.decode(f), {"threshold": w.threshold})

    # A BatchTopK autoencoder as it is saved for inference: JumpReLU with one threshold for all.
    w = Weights("sae-lens-batchtopk")
    p = w.pre(w.inputs.double(), True)
    f = torch.relu(p) * (p > 0.75)
    sae_lens("sae-lens-batchtopk", sae_lens_config("jumprelu"), w, f, w.decode(f), {"threshold": torch.full((LATENTS,), 0.75)})

    # The same in a training checkpoint: a scalar, and the training class's architecture.
    sae_lens("sae-lens-batchtopk-training",
             sae_lens_config("batchtopk", k=3.0, topk_threshold_lr=0.01, rescale_acts_by_decoder_norm=False),
             w, f, w.decode(f), {"topk_threshold": torch.tensor(0.75, dtype=torch.float64)})

    w = Weights("sae-lens-gated")
    f = gated(w, w.inputs.double())
    sae_lens("sae-lens-gated", sae_lens_config("gated"), w, f, w.decode(f),
             {"b_gate": w.gate_bias, "b_mag": w.encoder_bias, "r_mag": w.log_scale}, drop=("b_enc",))

    w = Weights("sae-lens-transcoder")
    f = torch.relu(w.pre(w.inputs.double(), False))
    sae_lens("sae-lens-transcoder", sae_lens_config("transcoder", d_out=WIDTH, apply_b_dec_to_input=False), w, f, w.decode(f))

    w = Weights("sae-lens-skip-transcoder")
    x = w.inputs.double()
    f = torch.relu(w.pre(x, False))
    sae_lens("sae-lens-skip-transcoder", sae_lens_config("skip_transcoder", d_out=WIDTH, apply_b_dec_to_input=False),
             w, f, w.decode(f) + x @ w.skip.double().T, {"W_skip": w.skip})

    w = Weights("sae-lens-layer-norm")
    x = w.inputs.double()
    mean, deviation = x.mean(-1, keepdim=True), x.std(-1, keepdim=True)
    f = torch.relu(w.pre((x - mean) / (deviation + 1e-5), True))
    sae_lens("sae-lens-layer-norm", sae_lens_config("standard", normalize_activations="layer_norm"),
             w, f, w.decode(f) * deviation + mean)

    w = Weights("sae-lens-constant-norm")
    x = w.inputs.double()
    scale = math.sqrt(WIDTH) / x.norm(dim=-1, keepdim=True)
    f = torch.relu(w.pre(x * scale, True))
    sae_lens("sae-lens-constant-norm", sae_lens_config("standard", normalize_activations="constant_norm_rescale"),
             w, f, w.decode(f) / scale)

    # Stored in 16 bits: the expected values are those of the rounded weights.
    w = Weights("sae-lens-bfloat16")
    for key in ["encoder", "decoder", "encoder_bias", "decoder_bias"]:
        setattr(w, key, getattr(w, key).bfloat16().float())
    f = torch.relu(w.pre(w.inputs.double(), True))
    sae_lens("sae-lens-bfloat16", {**sae_lens_config("standard"), "dtype": "bfloat16"}, w, f, w.decode(f), dtype=torch.bfloat16)

    # Before version 6: flat configuration, other names, the architecture hidden in the activation function.
    w = Weights("sae-lens-legacy-topk")
    f = torch.relu(keep_largest(w.pre(w.inputs.double(), True), K))
    sae_lens("sae-lens-legacy-topk", {
        "d_in": WIDTH, "d_sae": LATENTS, "dtype": "torch.float32", "device": "cpu", "model_name": "tiny",
        "hook_point": "blocks.0.hook_resid_post", "hook_point_layer": 0, "hook_point_head_index": None, "context_size": 3,
        "activation_fn_str": "topk", "activation_fn_kwargs": {"k": K}, "normalize_activations": False,
        "dataset_path": "none"}, w, f, w.decode(f), {"scaling_factor": torch.ones(LATENTS)})


# dictionary_learning: config.json and ae.pt, a pickled state dict; Linear weights, so decoder.weight is [width, latents].

def dictionary_learning(name, dict_class, state, weights, latents, reconstruction, wrap=None, **trainer):
    path = folder(name)
    write_json(os.path.join(path, "config.json"), {
        "trainer": {"trainer_class": "Trainer", "dict_class": dict_class, "activation_dim": WIDTH, "dict_size": LATENTS,
                    "lr": 0.0003, "steps": 1000, "seed": 0, "device": "cpu", "layer": 0, "lm_name": "tiny", **trainer},
        "buffer": {"d_submodule": WIDTH, "io": "out", "n_ctxs": 10, "ctx_len": 3, "device": "cpu"}})
    torch.save(wrap(state) if wrap else state, os.path.join(path, "ae.pt"))
    write_expected(path, weights.inputs.double(), latents, reconstruction)


def make_dictionary_learning():
    def linear(w):
        return {"encoder.weight": w.encoder, "encoder.bias": w.encoder_bias, "decoder.weight": w.decoder.T.contiguous()}

    w = Weights("dictionary-learning-relu")
    f = torch.relu(w.pre(w.inputs.double(), True))
    state = {"bias": w.decoder_bias, **linear(w)}
    dictionary_learning("dictionary-learning-relu", "AutoEncoder", state, w, f, w.decode(f), l1_penalty=0.1)
    dictionary_learning("dictionary-learning-backup", "AutoEncoder", state, w, f, w.decode(f), l1_penalty=0.1, wrap=lambda sd: {
        "step": 500, "ae": sd, "optimizer": {"state": {}, "param_groups": [{"lr": 0.0003, "params": [0, 1, 2, 3]}]},
        "config": {"dict_class": "AutoEncoder"}, "norm_factor": torch.tensor(1.0)})

    w = Weights("dictionary-learning-relu-new")
    f = torch.relu(w.pre(w.inputs.double(), False))
    dictionary_learning("dictionary-learning-relu-new", "AutoEncoderNew", {**linear(w), "decoder.bias": w.decoder_bias},
                        w, f, w.decode(f))

    w = Weights("dictionary-learning-gated")
    f = gated(w, w.inputs.double())
    dictionary_learning("dictionary-learning-gated", "GatedAutoEncoder", {
        "decoder_bias": w.decoder_bias, "r_mag": w.log_scale, "gate_bias": w.gate_bias, "mag_bias": w.encoder_bias,
        "encoder.weight": w.encoder, "decoder.weight": w.decoder.T.contiguous()}, w, f, w.decode(f))

    w = Weights("dictionary-learning-topk", unit_norm=True)
    f = keep_largest(torch.relu(w.pre(w.inputs.double(), True)), K)
    dictionary_learning("dictionary-learning-topk", "AutoEncoderTopK", {
        "b_dec": w.decoder_bias, "k": torch.tensor(K, dtype=torch.int32), "threshold": torch.tensor(-1.0), **linear(w)},
        w, f, w.decode(f), k=K)

    w = Weights("dictionary-learning-batchtopk", unit_norm=True)
    p = torch.relu(w.pre(w.inputs.double(), True))
    f = p * (p > 0.75)
    state = {"b_dec": w.decoder_bias, "k": torch.tensor(K, dtype=torch.int32), "threshold": torch.tensor(0.75), **linear(w)}
    dictionary_learning("dictionary-learning-batchtopk", "BatchTopKSAE", state, w, f, w.decode(f), k=K)

    # Saved before the threshold was set: every positive latent is active; an importer should refuse it or ask.
    f = p
    dictionary_learning("dictionary-learning-batchtopk-unset", "BatchTopKSAE", {**state, "threshold": torch.tensor(-1.0)},
                        w, f, w.decode(f), k=K)

    w = Weights("dictionary-learning-matryoshka", unit_norm=True)
    p = torch.relu(w.pre(w.inputs.double(), True))
    f = p * (p > 0.75)
    dictionary_learning("dictionary-learning-matryoshka", "MatryoshkaBatchTopKSAE", {
        "b_dec": w.decoder_bias, "k": torch.tensor(K, dtype=torch.int32), "threshold": torch.tensor(0.75),
        "group_sizes": torch.tensor([4, 6]), "W_enc": w.encoder.T.contiguous(), "b_enc": w.encoder_bias, "W_dec": w.decoder},
        w, f, w.decode(f), k=K, group_sizes=[4, 6])

    w = Weights("dictionary-learning-jumprelu", unit_norm=True)
    p = w.pre(w.inputs.double(), False)
    f = torch.relu(p * (p > w.threshold.double()))
    dictionary_learning("dictionary-learning-jumprelu", "JumpReluAutoEncoder", {
        "W_enc": w.encoder.T.contiguous(), "b_enc": w.encoder_bias, "W_dec": w.decoder, "b_dec": w.decoder_bias,
        "threshold": w.threshold}, w, f, w.decode(f))


# sparsify: cfg.json and sae.safetensors; encoder.weight and W_dec are both [latents, width].

def sparsify(name, weights, latents, reconstruction, tensors=None, **config):
    path = folder(name)
    write_safetensors(os.path.join(path, "sae.safetensors"), {
        "encoder.weight": weights.encoder, "encoder.bias": weights.encoder_bias, "W_dec": weights.decoder,
        "b_dec": weights.decoder_bias, **(tensors or {})}, {"format": "pt"})
    write_json(os.path.join(path, "cfg.json"), {
        "activation": "topk", "expansion_factor": 32, "normalize_decoder": True, "num_latents": LATENTS, "k": K,
        "multi_topk": False, "skip_connection": False, "transcode": False, **config, "d_in": WIDTH})
    write_expected(path, weights.inputs.double(), latents, reconstruction)


def make_sparsify():
    w = Weights("sparsify-topk", unit_norm=True)
    f = keep_largest(torch.relu(w.pre(w.inputs.double(), True)), K)
    sparsify("sparsify-topk", w, f, w.decode(f))
    sparsify("sparsify-old", w, f, w.decode(f), signed=False)

    w = Weights("sparsify-transcoder", unit_norm=True)
    x = w.inputs.double()
    f = keep_largest(torch.relu(w.pre(x, False)), K)
    sparsify("sparsify-transcoder", w, f, w.decode(f), transcode=True)
    sparsify("sparsify-skip-transcoder", w, f, w.decode(f) + x @ w.skip.double().T, {"W_skip": w.skip},
             transcode=True, skip_connection=True)

    # The largest of each of k groups of neighbours.
    w = Weights("sparsify-groupmax", unit_norm=True)
    p = torch.relu(w.pre(w.inputs.double(), True)).reshape(ROWS, 2, LATENTS // 2)
    best = p.max(dim=-1, keepdim=True)
    f = torch.zeros_like(p).scatter(-1, best.indices, best.values).reshape(ROWS, LATENTS)
    sparsify("sparsify-groupmax", w, f, w.decode(f), activation="groupmax", k=2)


# OpenAI: one .pt file; the tensors' own names, and the activation's name and state as plain values.

def make_openai():
    def save(name, weights, activation, state, latents, reconstruction):
        path = folder(name)
        torch.save({
            "pre_bias": weights.decoder_bias, "latent_bias": weights.encoder_bias,
            "stats_last_nonzero": torch.zeros(LATENTS, dtype=torch.int64),
            "latents_activation_frequency": torch.ones(LATENTS), "latents_mean_square": torch.ones(LATENTS),
            "encoder.weight": weights.encoder, "decoder.weight": weights.decoder.T.contiguous(),
            "activation": activation, "activation_state_dict": state}, os.path.join(path, "autoencoder.pt"))
        write_expected(path, weights.inputs.double(), latents, reconstruction)

    w = Weights("openai-relu")
    f = torch.relu(w.pre(w.inputs.double(), True))
    save("openai-relu", w, "ReLU", {}, f, w.decode(f))

    w = Weights("openai-topk")
    x = w.inputs.double()
    mean = x.mean(-1, keepdim=True)
    deviation = (x - mean).std(-1, keepdim=True)
    f = torch.relu(keep_largest(w.pre((x - mean) / (deviation + 1e-5), True), K))
    save("openai-topk", w, "TopK", {"k": K, "postact_fn": "ReLU"}, f, w.decode(f) * deviation + mean)


# Gemma Scope: params.npz; JumpReLU without subtracting the decoder's bias.

def make_gemma_scope():
    w = Weights("gemma-scope")
    p = w.pre(w.inputs.double(), False)
    f = torch.relu(p) * (p > w.threshold.double())
    path = folder("gemma-scope")
    numpy.savez(os.path.join(path, "params.npz"), W_enc=w.encoder.T.contiguous().numpy(), W_dec=w.decoder.numpy(),
                b_enc=w.encoder_bias.numpy(), b_dec=w.decoder_bias.numpy(), threshold=w.threshold.numpy())
    write_expected(path, w.inputs.double(), f, w.decode(f))


for entry in os.listdir(ROOT) if os.path.isdir(ROOT) else []:
    if os.path.isdir(os.path.join(ROOT, entry)):
        shutil.rmtree(os.path.join(ROOT, entry))
make_sae_lens()
make_dictionary_learning()
make_sparsify()
make_openai()
make_gemma_scope()
