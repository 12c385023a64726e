namespace Husai.Autoencoders;

/// <summary>A library's layout of a sparse autoencoder on disk.</summary>
public enum SaeLayout
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
}
