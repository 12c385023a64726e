namespace Husai.Autoencoders.Options;

/// <summary>Names of the recipes that decide which options hold where none is given.</summary>
internal static class RecipeNames
{
    /// <summary>Today's best practice.</summary>
    public const string Practice = "practice";

    /// <summary>That of the original project.</summary>
    public const string Husai = "husai";

    /// <summary>The protocol of SynthSAEBench (Chanin and Garriga-Alonso, arXiv 2602.14687), in single precision throughout.</summary>
    public const string SynthSae = "synthsae";
}
