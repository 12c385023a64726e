using System.Globalization;

namespace Husai.Explorer.Hosting;

/// <summary>Addresses of pages: the whole state of a page is in its address, so that it can be copied and opened again.</summary>
internal static class PageLinks
{
    public const string RunsPath = "/";
    public const string TrainingPath = "/training";
    public const string StudyPath = "/study";
    public const string SaePath = "/sae";
    public const string LatentPath = "/latent";
    public const string PairPath = "/pair";

    /// <summary>Has contexts computed, and leads back to the latent: the one address that takes POST, and nothing else.</summary>
    public const string ContextsPath = "/contexts";

    /// <summary>An address with values; empty ones are left out.</summary>
    public static string To(string path, params IEnumerable<(string Key, string Value)> values)
    {
        var query = string.Join(
            '&', values.Where(value => value.Value.Length > 0).Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    public static string Study(string run) => To(StudyPath, ("run", run));

    public static string Training(params IEnumerable<string> runs) => To(TrainingPath, runs.Select(run => ("run", run)));

    public static string Sae(string sae) => To(SaePath, ("sae", sae));

    public static string Latent(string sae, int latent) => LatentAt(LatentPath, sae, latent);

    public static string Contexts(string sae, int latent) => LatentAt(ContextsPath, sae, latent);

    public static string Pair(string first, string second) => To(PairPath, ("first", first), ("second", second));

    private static string LatentAt(string path, string sae, int latent) =>
        To(path, ("sae", sae), ("latent", latent.ToString(CultureInfo.InvariantCulture)));
}
