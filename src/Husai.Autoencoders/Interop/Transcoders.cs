using Husai.Formats.Files;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// Transcoders predict other activations than they read, some past their latents too. Some have the same tensors as SAEs:
/// then only a configuration, or the path under which they were released, tells.
/// </summary>
internal static class Transcoders
{
    private const string Reason = "a transcoder predicts other activations than it reads, so it is not an SAE";
    private const string SkipReason = "a linear part besides the latents, which no SAE has";

    /// <summary>Refuses weights whose configuration reads one place of a network and writes another.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="input">Key of the place that is read.</param>
    /// <param name="output">Key of the place that is written; missing or null if it is the same.</param>
    public static void RefuseOtherOutput(JsonSettings settings, string input, string output)
    {
        if (settings.Has(output) && settings.Text(output) is var target && target != settings.Text(input, ""))
        {
            throw settings.Wrong(output, $"is '{target}' where '{input}' is '{settings.Text(input, "")}': {Reason}");
        }
    }

    /// <summary>Refuses what calls itself a transcoder.</summary>
    public static void RefuseName(JsonSettings settings, string key)
    {
        if (settings.Text(key, "") is var name && IsName(name))
        {
            throw settings.Wrong(key, $"is '{name}': {Reason}");
        }
    }

    /// <summary>Refuses what a configuration does not call <c>sae</c>; what says nothing is taken for one.</summary>
    public static void RefuseOtherType(JsonSettings settings, string key)
    {
        RefuseName(settings, key);
        if (settings.Text(key, "sae") is not "sae" and var type)
        {
            throw settings.Wrong(key, $"is '{type}'; only 'sae' is an SAE");
        }
    }

    /// <summary>Refuses what a flag says is a transcoder.</summary>
    public static void RefuseFlag(JsonSettings settings, string key)
    {
        if (settings.Flag(key, false))
        {
            throw Refusal(settings, key, "set");
        }
    }

    /// <summary>Refuses what has a skip connection by one of these flags.</summary>
    public static void RefuseSkip(JsonSettings settings, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (settings.Flag(key, false))
            {
                throw settings.Wrong(key, $"is set: {SkipReason}");
            }
        }
    }

    /// <summary>Refuses weights with a skip connection of one of these names.</summary>
    public static void RefuseSkip(ImportTensors tensors, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (tensors.Has(name))
            {
                throw new InvalidFileException(tensors.Path, $"has a skip connection ({name}): {SkipReason}");
            }
        }
    }

    /// <summary>
    /// Refuses weights without a configuration that says what they are, if a folder or file on the way to them is called after transcoders.
    /// </summary>
    public static void RefusePath(string file)
    {
        if (Path.GetFullPath(file).Split(Path.DirectorySeparatorChar).LastOrDefault(IsName) is { } part)
        {
            throw new InvalidFileException(
                file, $"lies under '{part}', and no configuration describes it: {Reason}; if it is an SAE, move it to another folder");
        }
    }

    public static InvalidFileException Refusal(JsonSettings settings, string key, string value) =>
        settings.Wrong(key, $"is {value}: {Reason}");

    private static bool IsName(string text) => text.Contains("transcoder", StringComparison.OrdinalIgnoreCase);
}
