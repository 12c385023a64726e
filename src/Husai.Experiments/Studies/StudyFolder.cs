namespace Husai.Experiments.Studies;

/// <summary>Names in the folder of a study.</summary>
internal static class StudyFolder
{
    public const string ConfigurationName = "config.yaml";
    public const string ManifestName = "manifest.json";
}
