using Husai.Experiments.Configuration.Binding;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>The networks that the controls of a study add.</summary>
internal static class ControlNetworks
{
    // No transformer or network that is given has it in its name.
    private const char Joint = '+';

    // Found on mod113_quick: the training pairs are known by heart, and of the others no more than by guessing (1.2% of 113 answers). With
    // 30% of the pairs, 11% of the held-out ones were right.
    private const int MemorisingEpochs = 200;
    private const double MemorisingFraction = 0.15;
    private const double MemorisingRate = 1e-3;

    /// <summary>The controls of a transformer, under names such as <c>quick+memorised</c>.</summary>
    internal static IEnumerable<StudyTransformer> Beside(StudyTransformer transformer, IEnumerable<StudyControl> controls) =>
        controls.Select(control => transformer with
        {
            Name = transformer.Name + Joint + NameOf(control),
            Gate = GateRule.Warn,
            Control = control,
            Training = control == StudyControl.Memorised
                ? Memorising(transformer).Training
                : transformer.Training with { Restarts = 0, RestartAfter = 0 },
        });

    /// <summary>The controls of a network; the others than a randomised copy are trained, and so are for transformers alone.</summary>
    internal static IEnumerable<StudyNetwork> Beside(StudyNetwork network, IEnumerable<StudyControl> controls) =>
        controls.Where(control => control == StudyControl.Randomised)
            .Select(control => network with { Name = network.Name + Joint + NameOf(control), Control = control });

    /// <summary>The name of the transformer or network that a control belongs to; that of a trained one itself.</summary>
    /// <param name="name">Name of a transformer, with or without its seed, or of a network.</param>
    public static string SourceOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Split(Joint)[0];
    }

    /// <summary>What is wrong with the controls of a study, a line each.</summary>
    internal static IEnumerable<string> Problems(StudyOptions study)
    {
        foreach (var twice in study.Controls.GroupBy(control => control).Where(group => group.Count() > 1))
        {
            yield return $"the control {NameOf(twice.Key)} is given twice";
        }

        if (study.Controls.Count > 0 && study.Transformers.Count + study.Networks.Count == 0 && study.Activations.Count > 0)
        {
            yield return "a control is made from a network, and activations are none: leave controls out";
        }

        foreach (var control in study.Controls.Where(control =>
            study.Transformers.Count == 0 && study.Networks.Count > 0 && control != StudyControl.Randomised).Distinct())
        {
            yield return
                $"the control {NameOf(control)} is made of transformers alone; that of a network is {NameOf(StudyControl.Randomised)}";
        }
    }

    /// <summary>The control as configurations and results name it, such as <c>random_init</c>.</summary>
    /// <param name="control">The control.</param>
    public static string NameOf(StudyControl control) =>
        OptionNames.OfEnum(typeof(StudyControl)).First(member => member.Value.Equals(control)).Name;

    private static StudyTransformer Memorising(StudyTransformer transformer) => transformer with
    {
        Training = transformer.Training with
        {
            Epochs = MemorisingEpochs,
            BatchSize = 0,
            TrainFraction = Math.Min(transformer.Training.TrainFraction, MemorisingFraction),
            LearningRate = Math.Min(transformer.Training.LearningRate, MemorisingRate),
            WeightDecay = 0,
            CleanUpEpochs = 0,
            CleanUpUntilGate = false,
            Restarts = 0,
            RestartAfter = 0,
            CleanUpWeightDecay = null,
            StopAtTestAccuracy = 0,
            StopBelowTestLoss = 0,
        },
    };
}
