using System.Globalization;

namespace Husai.Reporting.Results.Published;

/// <summary>Names in the studies that make the original's tables again; what carries one of them stands in the tables.</summary>
internal static class PublishedNames
{
    /// <summary>The study on the transformer whose label leaks, with the original's recipe.</summary>
    public const string OriginalStudy = "published-original";

    /// <summary>The study that asks the same on transformers that read at '='.</summary>
    public const string RightStudy = "published-right";

    /// <summary>TopK, 1024 latents, 32 active.</summary>
    public const string HeadlineTopK = "headline_topk";

    /// <summary>ReLU, 1024 latents.</summary>
    public const string HeadlineRelu = "headline_relu";

    /// <summary>The headline's TopK, trained longer and looked at on the way.</summary>
    public const string Epochs = "epochs_topk";

    /// <summary>The same at a higher learning rate.</summary>
    public const string FastEpochs = "epochs_topk_fast";

    /// <summary>The width sweep at a number of latents.</summary>
    public static string Width(int latents) => "width_" + latents.ToString(CultureInfo.InvariantCulture);

    /// <summary>Pinning of a share of the decoder, in per mille.</summary>
    public static string Pinned(double fraction) => "pinned_" + ((int)Math.Round(1000 * fraction)).ToString(CultureInfo.InvariantCulture);
}
