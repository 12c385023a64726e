using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Husai.Experiments.Clusters;
using Husai.Experiments.Configuration;
using Husai.Experiments.Trackers;
using Husai.Networks.Extraction;
using Husai.Transformers.Tasks;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>A study: transformers, sites, SAEs over several seeds, and what is measured on them.</summary>
internal sealed record StudyOptions : IValidatableObject
{
    internal const string UsualQuestion = "Do SAEs that differ only in their seed find the same features, and those of the known circuit?";

    /// <summary>Its name, and that of its folder.</summary>
    [Description("Name of the study, and of its folder: small letters, digits, '_', '-' and '.'")]
    [RegularExpression(StudyNames.Pattern)]
    public required string Name { get; init; }

    /// <summary>The question that the study answers.</summary>
    [Description("The question that the study answers, for the report")]
    public string Question { get; init; } = UsualQuestion;

    /// <summary>The transformers; lists in place of single values make one transformer for each combination.</summary>
    [Description("The transformers. A list in place of a single value makes one transformer for each combination")]
    public IReadOnlyList<StudyTransformer> Transformers { get; init; } = [];

    /// <summary>The worlds; lists in place of single values make one world for each combination.</summary>
    [Description("Synthetic worlds that SAEs are trained on and compared with. A list in place of a single value makes one world for "
        + "each combination")]
    public IReadOnlyList<StudyWorld> Worlds { get; init; } = [];

    /// <summary>Networks in ONNX files.</summary>
    [Description("Networks in ONNX files that read text; SAEs are trained on what they compute at some sites. No truth is known of them")]
    public IReadOnlyList<StudyNetwork> Networks { get; init; } = [];

    /// <summary>Activations that are there already.</summary>
    [Description("Files and stores of activations that SAEs are trained on; no truth is known of them")]
    public IReadOnlyList<StudyActivations> Activations { get; init; } = [];

    /// <summary>Where activations are read.</summary>
    [Description("Where activations are read")]
    [MinLength(1, ErrorMessage = "{0} must name at least one site")]
    public IReadOnlyList<StudySite> Sites { get; init; } = [new()];

    /// <summary>The SAEs; lists in place of single values make one configuration for each combination.</summary>
    [Description("The SAEs. A list in place of a single value makes one configuration for each combination")]
    [MinLength(1, ErrorMessage = "{0} must name at least one configuration")]
    public required IReadOnlyList<StudySae> Saes { get; init; }

    /// <summary>Baselines that are trained beside each SAE.</summary>
    [Description(
        "Baselines that are trained beside each SAE, with its options and seeds: frozen_decoder, soft_frozen_decoder, frozen_encoder. "
            + "One is named after its SAE, such as topk_8x_k32+frozen_decoder; SAEs that are pinned or frozen have none")]
    public IReadOnlyList<StudyBaseline> Baselines { get; init; } = [];

    /// <summary>Networks without a circuit that the SAEs are trained on too.</summary>
    [Description(
        "Networks that learnt no circuit, made from each transformer, on which the same SAEs are trained: random_init (initial weights), "
            + "memorised (repeats its training pairs), randomised (each matrix permuted within itself); from each network: randomised")]
    public IReadOnlyList<StudyControl> Controls { get; init; } = [];

    /// <summary>Seeds that each SAE is trained with.</summary>
    [Description("Seeds that each SAE is trained with, unless it has its own")]
    [Range(0L, long.MaxValue)]
    [SeedList]
    public IReadOnlyList<long> Seeds { get; init; } = [42, 123, 456, 789, 1011];

    /// <summary>Trackers that the trainings are also written for; they do not change the results.</summary>
    [Description("Trackers that the trainings are also written for: wandb, tensorboard")]
    [AllowedValues(TrackerChoice.Wandb, TrackerChoice.TensorBoard)]
    public IReadOnlyList<string> Tracker { get; init; } = [];

    /// <summary>What is measured.</summary>
    [Description("What is measured")]
    public StudyAnalyses Analyses { get; init; } = new();

    /// <summary>Where and how the tasks run that the study is submitted as; null for what the command line says.</summary>
    [Description("Where and how 'husai study submit' has the study run; options of the command replace it")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ClusterOptions? Cluster { get; init; }

    /// <summary>All that is trained: each SAE with its baselines after it.</summary>
    internal IEnumerable<StudySae> SaesWithBaselines() =>
        Saes.SelectMany(sae => (IEnumerable<StudySae>)[sae, .. FrozenBaselines.Beside(sae, Baselines)]);

    /// <summary>The study with the layers of all its sites.</summary>
    internal StudyOptions WithLayers() => Transformers.Count == 0
        ? this
        : this with { Sites = [.. Sites.Select(site => site.In(Transformers.Min(transformer => transformer.Model.Layers)))] };

    // Worlds and transformers may share one: their folders differ.
    private IEnumerable<(string Name, string Kinds)> NamesOfSeveralKinds()
    {
        (string Kind, IEnumerable<string> Names)[] kinds =
        [
            ("a transformer", Transformers.Select(transformer => transformer.Name)), ("a world", Worlds.Select(world => world.Name)),
            ("a network", Networks.Select(network => network.Name)), ("activations", Activations.Select(activations => activations.Name)),
        ];
        return kinds.SelectMany(kind => kind.Names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (kind.Kind, Name: name)))
            .GroupBy(entry => entry.Name, entry => entry.Kind, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1 && !group.SequenceEqual(["a transformer", "a world"]))
            .Select(group => (group.Key, string.Join(" and of ", group)));
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Transformers.Count + Worlds.Count + Networks.Count + Activations.Count == 0)
        {
            yield return new ValidationResult(
                "a study needs at least one transformer or world, network or activations", [nameof(Transformers), nameof(Worlds)]);
        }

        if (Analyses.AsPublished)
        {
            yield return new ValidationResult(
                "as_published is no part of a study: research/PublishedTables computes these scores from a study's folder; leave it out",
                [nameof(Analyses)]);
        }

        if (Transformers.Count + Networks.Count + Activations.Count == 0
            && (Analyses.Dynamics || Analyses.Function))
        {
            yield return new ValidationResult(
                "of transformers and worlds, dynamics and function are measured on transformers only, and there is none",
                [nameof(Analyses)]);
        }

        foreach (var name in StudyNames.Repeated(Worlds.Select(world => world.Name)))
        {
            yield return new ValidationResult($"two worlds have the name '{name}'", [nameof(Worlds)]);
        }

        foreach (var name in StudyNames.Repeated(Transformers.Select(transformer => transformer.Name)))
        {
            yield return new ValidationResult($"two transformers have the name '{name}'", [nameof(Transformers)]);
        }

        if (Analyses.Splice && Networks.Count == 0)
        {
            yield return new ValidationResult("splice puts reconstructions into networks, and there is none", [nameof(Analyses)]);
        }

        foreach (var network in Networks.Where(network =>
            Analyses.Splice && network.Rows is not (RowSelection.Text or RowSelection.All)))
        {
            yield return new ValidationResult(
                $"splice needs a row for each token, and '{network.Name}' has others: leave splice out, or 'rows' of the network",
                [nameof(Analyses)]);
        }

        foreach (var name in StudyNames.Repeated(Networks.Select(network => network.Name)))
        {
            yield return new ValidationResult($"two networks have the name '{name}'", [nameof(Networks)]);
        }

        foreach (var name in StudyNames.Repeated(Activations.Select(activations => activations.Name)))
        {
            yield return new ValidationResult($"two activations have the name '{name}'", [nameof(Activations)]);
        }

        foreach (var (name, kinds) in NamesOfSeveralKinds())
        {
            yield return new ValidationResult($"'{name}' is the name of {kinds}: results could not be told apart", [nameof(Name)]);
        }

        foreach (var transformer in Transformers.Where(transformer => CircuitModulus.Problem(transformer.Task.Modulus) is not null))
        {
            yield return new ValidationResult(
                $"the modulus of '{transformer.Name}' is {transformer.Task.Modulus}: {CircuitModulus.Rule}", [nameof(Transformers)]);
        }

        foreach (var name in StudyNames.Repeated(Saes.Select(sae => sae.Name)))
        {
            yield return new ValidationResult($"two SAEs have the name '{name}'", [nameof(Saes)]);
        }

        foreach (
            var same in SaesWithBaselines().GroupBy(sae => ConfigurationWriter.Write(sae with { Name = "" }), StringComparer.Ordinal)
                .Where(group => group.Count() > 1))
        {
            yield return new ValidationResult(
                $"'{same.First().Name}' and '{same.ElementAt(1).Name}' are the same training: they would be compared with themselves",
                [nameof(Saes)]);
        }

        var layers = Transformers.Count == 0 ? int.MaxValue : Transformers.Min(transformer => transformer.Model.Layers);
        foreach (var name in StudyNames.Repeated(Sites.Select(site => site.In(layers).Name)))
        {
            yield return new ValidationResult($"the site {name} is given twice", [nameof(Sites)]);
        }

        foreach (var site in Sites.Where(site => site.Layer >= layers))
        {
            yield return new ValidationResult(
                $"layer {site.Layer} does not exist: a transformer has the layers 0 to {layers - 1}", [nameof(Sites)]);
        }

        foreach (var problem in ControlNetworks.Problems(this))
        {
            yield return new ValidationResult(problem, [nameof(Controls)]);
        }

        foreach (var problem in FrozenBaselines.Problems(this))
        {
            yield return new ValidationResult(problem, [nameof(Baselines)]);
        }

        foreach (var problem in StudyPool.Problems(this))
        {
            yield return new ValidationResult(problem, [nameof(Saes)]);
        }

        foreach (var problem in StudyPins.Problems(this))
        {
            yield return new ValidationResult(problem, [nameof(Saes)]);
        }

        var names = Saes.Select(sae => sae.Name).ToHashSet();
        foreach (
            var name in Analyses.Comparisons.SelectMany(pair => (string[])[pair.First, pair.Second]).Where(name => !names.Contains(name))
                .Distinct())
        {
            yield return new ValidationResult(
                $"there is no SAE '{name}' to compare; there are {string.Join(", ", names)}", [nameof(Analyses)]);
        }
    }
}
