namespace Husai.Transformers.Activations;

/// <summary>The sites by the names that commands, files and configurations use.</summary>
internal static class ActivationSites
{
    private static readonly (ActivationSite Site, string Name)[] Named =
    [
        (ActivationSite.Embed, "embed"),
        (ActivationSite.ResidPre, "resid_pre"),
        (ActivationSite.AttnOut, "attn_out"),
        (ActivationSite.ResidMid, "resid_mid"),
        (ActivationSite.MlpHidden, "mlp_hidden"),
        (ActivationSite.MlpOut, "mlp_out"),
        (ActivationSite.ResidPost, "resid_post"),
    ];

    /// <summary>All names, in the order of the computation.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Named.Select(entry => entry.Name)];

    /// <summary>The name of a site.</summary>
    public static string NameOf(this ActivationSite site) => Named.First(entry => entry.Site == site).Name;

    /// <summary>The site of a name.</summary>
    /// <exception cref="ArgumentException">There is no such site.</exception>
    public static ActivationSite Parse(string name)
    {
        foreach (var entry in Named)
        {
            if (entry.Name == name)
            {
                return entry.Site;
            }
        }

        throw new ArgumentException($"'{name}' is not a site; there are {string.Join(", ", Names)}", nameof(name));
    }
}
