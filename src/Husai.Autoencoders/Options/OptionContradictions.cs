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

        if (options is { Freeze: FrozenPart.DecoderSoft, DecoderNorm: DecoderNorm.Free })
        {
            yield return new ValidationResult(
                "freeze: decoder_soft holds rows near ones of length 1: decoder_norm must be unit", [nameof(SaeOptions.DecoderNorm)]);
        }

        if (options.DecoderStart != DecoderStart.Random && options.DecoderNorm == DecoderNorm.Free)
        {
            yield return new ValidationResult(
                "decoder_norm: free has a start of its own: decoder_start must be random", [nameof(SaeOptions.DecoderStart)]);
        }

        if (options.Auxiliary == AuxiliaryLoss.RunnerUp && TrainingMethods.TryFind(options.Architecture) is { HasRunnersUp: false })
        {
            var names = TrainingMethods.All.Where(method => method.HasRunnersUp).Select(method => method.Name);
            yield return new ValidationResult(
                $"auxiliary: runner_up is for the architecture {string.Join(", ", names)}", [nameof(SaeOptions.Auxiliary)]);
        }
    }
}
