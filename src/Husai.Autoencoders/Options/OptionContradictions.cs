using System.ComponentModel.DataAnnotations;
using Husai.Autoencoders.Architectures;

namespace Husai.Autoencoders.Options;

/// <summary>Options of which one undoes what another asks for.</summary>
internal static class OptionContradictions
{
    /// <summary>All of them, each with the option that has to change.</summary>
    public static IEnumerable<ValidationResult> Of(SaeOptions options)
    {
        if (options.Freeze != FrozenPart.None && options.ResampleEvery > 0)
        {
            yield return new ValidationResult(
                "resampling would overwrite what freeze keeps: resample_every must be 0", [nameof(SaeOptions.ResampleEvery)]);
        }

        if (options.Freeze == FrozenPart.DecoderSoft
            && (options.DecoderNorm ?? (options.Recipe == RecipeNames.SynthSae ? DecoderNorm.Free : DecoderNorm.Unit)) == DecoderNorm.Free)
        {
            yield return new ValidationResult(
                "freeze: decoder_soft holds rows near ones of length 1: decoder_norm must be unit", [nameof(SaeOptions.DecoderNorm)]);
        }

        if (options is { DecoderNorm: DecoderNorm.Free, DecoderStartNorm: null }
            && options.Recipe != RecipeNames.SynthSae && options.DecoderStart is not (null or DecoderStart.Random))
        {
            yield return new ValidationResult(
                "decoder_norm: free has a start of its own: decoder_start must be random, or decoder_start_norm given",
                [nameof(SaeOptions.DecoderStart)]);
        }

        if (options.DecoderStartNorm is not null
            && options.DecoderNorm != DecoderNorm.Free && (options.DecoderNorm is not null || options.Recipe != RecipeNames.SynthSae))
        {
            yield return new ValidationResult(
                "decoder_start_norm is for decoder rows of free length: decoder_norm must be free", [nameof(SaeOptions.DecoderNorm)]);
        }

        foreach (var contradiction in OfMethod(options, TrainingMethods.TryFind(options.Architecture)))
        {
            yield return contradiction;
        }
    }

    // Options of some methods, given for another.
    private static IEnumerable<ValidationResult> OfMethod(SaeOptions options, TrainingMethod? method)
    {
        if (method is null)
        {
            yield break;
        }

        foreach (var contradiction in method.Contradictions(options))
        {
            yield return contradiction;
        }

        if (options.Auxiliary == AuxiliaryLoss.RunnerUp && !method.HasRunnersUp)
        {
            yield return Wrong("auxiliary: runner_up", nameof(SaeOptions.Auxiliary), other => other.HasRunnersUp);
        }

        if (options.Auxiliary == AuxiliaryLoss.SaeLens && !method.ChoosesByPreActivation)
        {
            yield return Wrong("auxiliary: sae_lens", nameof(SaeOptions.Auxiliary), other => other.ChoosesByPreActivation);
        }

        if (options.RescaleByDecoderNorm == true && !method.ChoosesByPreActivation)
        {
            yield return Wrong(
                "rescale_by_decoder_norm", nameof(SaeOptions.RescaleByDecoderNorm), other => other.ChoosesByPreActivation);
        }

        if (options.InputScaling == "whiten" && ResolvedOptions.RescalesByDecoderNorm(options, method))
        {
            yield return new ValidationResult(
                "whitened inputs give decoder rows other norms than they are saved with: input_scaling cannot be whiten with "
                    + "rescale_by_decoder_norm, which recipe: synthsae has",
                [nameof(SaeOptions.InputScaling)]);
        }

        if (options.ControlledL0 > 0 && method.SelectsByK)
        {
            yield return Wrong("controlled_l0", nameof(SaeOptions.ControlledL0), other => !other.SelectsByK);
        }

        if (options is { ControlledL0: > 0, TargetL0: > 0 })
        {
            yield return new ValidationResult(
                "target_l0 and controlled_l0 are two ways to the same end: give one of them", [nameof(SaeOptions.ControlledL0)]);
        }

        if (options.LogThreshold == true && method is not JumpReluMethod)
        {
            yield return Wrong("log_threshold", nameof(SaeOptions.LogThreshold), other => other is JumpReluMethod);
        }

        if (method is JumpReluMethod && options.InitialThreshold <= 0
            && (options.LogThreshold ?? options.Recipe == RecipeNames.SynthSae))
        {
            yield return new ValidationResult(
                "a threshold of 0 has no logarithm: initial_threshold must be above 0", [nameof(SaeOptions.InitialThreshold)]);
        }
    }

    private static ValidationResult Wrong(string option, string member, Func<TrainingMethod, bool> fits)
    {
        var names = TrainingMethods.All.Where(fits).Select(method => method.Name);
        return new ValidationResult($"{option} is for the architecture {string.Join(", ", names)}", [member]);
    }
}
