namespace Husai.Autoencoders.Interop;

/// <summary>A layout that SAEs can be written in for another library.</summary>
public enum SaeExportTarget
{
    /// <summary>A SAELens 6 folder. Holds every SAE.</summary>
    SaeLens,

    /// <summary>A sparsify folder: <c>cfg.json</c> and <c>sae.safetensors</c>. Holds TopK.</summary>
    Sparsify,

    /// <summary>A dictionary_learning folder: <c>config.json</c> and <c>ae.pt</c>. Holds every SAE but those of matching pursuit.</summary>
    DictionaryLearning,

    /// <summary>One .npz file with the names of Gemma Scope. Holds ReLU and JumpReLU.</summary>
    Npz,
}
