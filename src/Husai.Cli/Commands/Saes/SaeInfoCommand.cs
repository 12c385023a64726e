using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Numerics.Kernels;

namespace Husai.Cli.Commands.Saes;

/// <summary><c>husai sae info</c>.</summary>
internal sealed class SaeInfoCommand : HusaiCommand
{
    private readonly SaeFolders _saes;

    public SaeInfoCommand()
        : base("info", "Describe a saved SAE", "husai sae info runs/sae/topk_8x_k32/seed_42") =>
        _saes = new SaeFolders(this, "SAE folder", most: 1);

    public override int Run(CommandContext context)
    {
        var folder = _saes.Read(context)[0];
        var saved = SaeFolder.Load(folder);
        var sae = saved.Sae;
        var norms = Enumerable.Range(0, sae.Latents)
            .Select(latent => Math.Sqrt(Reductions.SumOfSquares(sae.Decoder.Row(latent)))).ToList();
        var document = new Document(
            folder, sae.Architecture, saved.TrainingArchitecture, sae.Width, sae.Latents,
            sae.K > 0 ? sae.K : null, norms.Min(), norms.Max(),
            saved.FiringFrequencies?.Count(frequency => frequency == 0), saved.FiringFrequencies?.Sum(),
            SaeFolder.WeightsHash(sae), saved.Metadata);
        context.Output.Result(document, console =>
        {
            var table = Tables.Create(console, "", "");
            void Row(string name, object? value) =>
                table.AddTextRow(name, value is null ? "-" : Convert.ToString(value, CultureInfo.InvariantCulture)!);
            Row("architecture", document.Architecture);
            Row("trained as", document.TrainingArchitecture);
            Row("width", document.Width);
            Row("latents", document.Latents);
            Row("k", document.K);
            Row(
                "decoder norms",
                string.Create(CultureInfo.InvariantCulture, $"{document.DecoderNormMin:F4} to {document.DecoderNormMax:F4}"));
            Row("latents that never fired", document.NeverFired);
            Row("mean L0", document.MeanL0);
            Row("weights", document.WeightsHash);
            foreach (var (key, value) in document.Metadata)
            {
                Row(key, value?.ToString());
            }

            console.Write(table);
        });
        return ExitCode.Success;
    }

    private sealed record Document(
        string Sae, SaeArchitecture Architecture, string TrainingArchitecture, int Width, int Latents, int? K,
        double DecoderNormMin,
        double DecoderNormMax, int? NeverFired, double? MeanL0, string WeightsHash, JsonObject Metadata);
}
