using System.Reflection;
using System.Runtime.InteropServices;
using Husai.Numerics.Instructions;

namespace Husai.Experiments.Jobs;

/// <summary>What a result was computed with. No result depends on it.</summary>
/// <param name="Husai">Version of the program.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="System">The operating system.</param>
/// <param name="Architecture">The processor's architecture.</param>
/// <param name="Cores">Logical processors.</param>
/// <param name="Tier">The instructions in use.</param>
internal sealed record Machine(string Husai, string Runtime, string System, string Architecture, int Cores, InstructionTier Tier)
{
    /// <summary>This machine.</summary>
    public static Machine This { get; } = new(
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        Hardware.Tier);
}
