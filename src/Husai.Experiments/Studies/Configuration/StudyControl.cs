namespace Husai.Experiments.Studies.Configuration;

/// <summary>A network that learnt no circuit, to train the same SAEs on (the controls of Heap et al. 2025, arXiv:2501.17727).</summary>
public enum StudyControl
{
    /// <summary>The initial weights.</summary>
    RandomInit,

    /// <summary>Trained to repeat its training pairs, without weight decay, so that it does not generalise.</summary>
    Memorised,

    /// <summary>The trained weights, each matrix permuted within itself.</summary>
    Randomised,
}
