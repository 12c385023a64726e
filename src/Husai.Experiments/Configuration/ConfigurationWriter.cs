namespace Husai.Experiments.Configuration;

/// <summary>Writes option records as YAML that <see cref="ConfigurationReader"/> reads back to equal options.</summary>
internal static class ConfigurationWriter
{
    /// <summary>
    /// All options, defaults included, in the order of their declaration; the same text for the same options. An option that JSON leaves
    /// out at its default is left out here too.
    /// </summary>
    /// <param name="options">A record as <see cref="ConfigurationReader"/> makes it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static string Write(object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new YamlRecordWriter(earlierNames: false).Write(options);
    }

    /// <summary>
    /// The same for the key of a job: options and values that have an earlier name are called by that, so that the keys of finished jobs
    /// stand.
    /// </summary>
    /// <param name="options">A record as <see cref="ConfigurationReader"/> makes it.</param>
    internal static string WriteKey(object options) => new YamlRecordWriter(earlierNames: true).Write(options);
}
