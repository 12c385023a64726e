namespace Husai.Autoencoders.Interop;

/// <summary>A library's layout of a SAE on disk.</summary>
internal enum SaeLayout
{
    /// <summary>SAELens, version 6 and before: <c>cfg.json</c> and <c>sae_weights.safetensors</c>. Our own too.</summary>
    SaeLens,

    /// <summary>dictionary_learning: <c>config.json</c> and <c>ae.pt</c>.</summary>
    DictionaryLearning,

    /// <summary>sparsify: <c>cfg.json</c> and <c>sae.safetensors</c>.</summary>
    Sparsify,

    /// <summary>OpenAI's release: one <c>.pt</c> file.</summary>
    OpenAi,

    /// <summary>Gemma Scope: <c>params.npz</c>.</summary>
    GemmaScope,

    /// <summary>Gemma Scope 2: <c>config.json</c> and <c>params.safetensors</c>.</summary>
    GemmaScope2,

    /// <summary>Llama Scope and other SAEs of Language-Model-SAEs: <c>hyperparams.json</c> or <c>config.json</c>, and weights.</summary>
    LanguageModelSaes,

    /// <summary>A state dict in one <c>.pt</c> file, and JSON with <c>act_size</c> and <c>dict_size</c> beside it.</summary>
    PlainStateDict,
}
