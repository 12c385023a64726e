using System.Globalization;
using Husai.Cli.Hosting;

namespace Husai.Cli.Commands.Analysis;

/// <summary>A list of latents as the command line writes it: numbers and ranges, such as <c>0,5,10-20</c>.</summary>
internal static class LatentList
{
    /// <summary>Reads a list.</summary>
    /// <param name="text">The list, or null for all latents.</param>
    /// <param name="latents">Number of latents of the SAE.</param>
    /// <param name="option">The option's name.</param>
    /// <returns>The latents, ascending, each once.</returns>
    /// <exception cref="BadInputException">It is no list, or names a latent that the SAE does not have.</exception>
    public static int[] Parse(string? text, int latents, string option)
    {
        if (text is null)
        {
            return [.. Enumerable.Range(0, latents)];
        }

        var chosen = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var (first, last) = part.Split('-') switch
            {
                [var only] => (Number(only), Number(only)),
                [var one, var other] => (Number(one), Number(other)),
                _ => (null, null),
            };
            if (first is not { } from || last is not { } to || from > to)
            {
                throw new BadInputException($"{option} is '{text}' where latents such as 0,5,10-20 are needed");
            }

            if (to >= latents)
            {
                throw new BadInputException($"{option} names latent {to}, but the SAE has the latents 0 to {latents - 1}");
            }

            chosen.UnionWith(Enumerable.Range(from, to - from + 1));
        }

        return [.. chosen];
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
