using System.Security.Cryptography;
using System.Text;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.SelfChecks;

/// <summary>
/// Runs the kernels of this library on fixed random inputs and hashes the bits of what they return. The hashes are the same on
/// every machine, instruction tier and number of threads.
/// </summary>
internal static class SelfCheck
{
    private static readonly KernelCheck[] _checks =
    [
        .. ProductChecks.All, .. RowChecks.All, .. ElementChecks.All, .. OptimiserChecks.All, .. FunctionChecks.All,
        .. RandomnessChecks.All,
        .. RowKernelChecks.All,
    ];

    /// <summary>Number of kernels that <see cref="Run"/> visits.</summary>
    public static int Count => _checks.Length;

    /// <summary>Runs each kernel in turn, as the caller asks for its result.</summary>
    /// <param name="workers">Threads to use.</param>
    /// <exception cref="ArgumentNullException"><paramref name="workers"/> is null.</exception>
    public static IEnumerable<KernelHash> Run(Workers workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        return _checks.Select(check => check.Run(workers));
    }

    /// <summary>One hash for all: of the names and hashes in their order.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="hashes"/> is null.</exception>
    public static string Combine(IEnumerable<KernelHash> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        var text = string.Concat(hashes.Select(hash => $"{hash.Name} {hash.Hash}\n"));
        return OutputHash.Shorten(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
