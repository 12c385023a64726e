namespace Husai.Autoencoders.Options;

/// <summary>The number of active latents of the top-k methods.</summary>
internal static class ActiveLatents
{
    /// <summary>What is wrong with a number of active latents, to follow its name; null if nothing is.</summary>
    /// <param name="k">Active latents of a row, or their mean.</param>
    /// <param name="latents">Number of latents.</param>
    public static string? Problem(int k, int latents) =>
        k < 1 ? $"is {k}, but must be 1 or more" : k > latents ? $"is {k}, but there are {latents} latents" : null;

    /// <summary>Refuses a number that there are not as many latents for.</summary>
    /// <exception cref="ArgumentException">There are not; the message names the option.</exception>
    public static void Require(int k, int latents, string option = "k")
    {
        if (Problem(k, latents) is { } problem)
        {
            throw new ArgumentException($"{option} {problem}");
        }
    }
}
