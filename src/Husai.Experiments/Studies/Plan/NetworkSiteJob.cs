using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Formats.Files;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Looks at the store of one site of a network.</summary>
internal sealed class NetworkSiteJob(NetworkExtractionJob extraction, int site)
    : StoredActivationsJob($"{extraction.Network.Name}/{extraction.Network.Folders[site]}", extraction)
{
    public NetworkExtractionJob Extraction => extraction;

    /// <summary>Which site of the network.</summary>
    public int Index => site;

    public override string Inputs => Site;

    public override int Width => extraction.Network.Found!.Widths[site];

    // At most: how many there are is known once the text is read.
    public override int Rows => extraction.Network.MaxRows;

    public override bool HasText => true;

    public override string Source => extraction.Network.Name;

    public override StudyControl? Control => extraction.Network.Control;

    public override string Site => extraction.Network.Sites[site];

    public override string PathIn(JobContext context) => extraction.StoreOf(site, context);

    protected override void RequireFound(FoundActivations found)
    {
        if (found.Width != Width)
        {
            throw new InvalidFileException(extraction.Network.Model, $"has width {found.Width} at {Site} where {Width} was found");
        }
    }
}
