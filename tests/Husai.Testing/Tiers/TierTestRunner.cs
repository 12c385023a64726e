using System.Diagnostics;
using System.Reflection;
using Husai.Numerics.Instructions;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Husai.Testing.Tiers;

/// <summary>Runs the <see cref="RunsOnEveryTierAttribute"/> classes of an assembly in this process, without a test host.</summary>
public static class TierTestRunner
{
    /// <summary>Exit code when every test passed.</summary>
    public const int Passed = 0;

    /// <summary>Exit code when a test failed or none was found.</summary>
    public const int Failed = 1;

    /// <summary>Exit code when the process is not in the expected tier.</summary>
    public const int WrongTier = 2;

    /// <summary>Checks the tier, runs the tests, and writes the failures and the counts.</summary>
    /// <param name="path">Path of the test assembly.</param>
    /// <param name="expected">The tier that this process must be in.</param>
    /// <param name="output">Receives the report.</param>
    /// <returns>The exit code for the process.</returns>
    internal static int Run(string path, InstructionTier expected, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Hardware.Tier != expected)
        {
            output.WriteLine($"this process is in tier {Hardware.Tier}, not {expected}");
            return WrongTier;
        }

        var (passed, failed) = (0, 0);
        foreach (var test in Assembly.LoadFrom(path).GetTypes()
            .Where(type => type.IsDefined(typeof(RunsOnEveryTierAttribute)) && !type.IsAbstract)
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FactAttribute))))
        {
            var watch = Stopwatch.StartNew();
            foreach (var arguments in Cases(test))
            {
                var failure = Invoke(test, arguments);
                _ = failure is null ? passed++ : failed++;
                if (failure is not null)
                {
                    output.WriteLine($"FAILED {test.DeclaringType!.Name}.{test.Name}({string.Join(", ", arguments ?? [])}): {failure}");
                }
            }

            output.WriteLine($"{watch.ElapsedMilliseconds,7} ms {test.DeclaringType!.Name}.{test.Name}");
        }

        foreach (var line in Fingerprints(Assembly.LoadFrom(path)))
        {
            output.WriteLine(line);
        }

        output.WriteLine($"{expected}: {passed} passed, {failed} failed");
        return failed == 0 && passed > 0 ? Passed : Failed;
    }

    /// <summary>One line for each <see cref="SameOnEveryTierAttribute"/> method: its name and what it returns.</summary>
    internal static IEnumerable<string> Fingerprints(Assembly tests) =>
        from type in tests.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where method.IsDefined(typeof(SameOnEveryTierAttribute))
        select $"{type.Name}.{method.Name} = {method.Invoke(null, null)}";

    private static IEnumerable<object?[]?> Cases(MethodInfo test) =>
        test.IsDefined(typeof(TheoryAttribute))
            ? test.GetCustomAttributes().OfType<IDataAttribute>().SelectMany(data => Rows(data, test))
            : [null];

    private static IEnumerable<object?[]?> Rows(IDataAttribute data, MethodInfo test)
    {
        var rows = data.GetData(test, new DisposalTracker()).AsTask().GetAwaiter().GetResult();
        return rows.Select(row => row.GetData());
    }

    private static string? Invoke(MethodInfo test, object?[]? arguments)
    {
        try
        {
            var instance = test.IsStatic ? null : Activator.CreateInstance(test.DeclaringType!);
            _ = test.Invoke(instance, arguments);
            (instance as IDisposable)?.Dispose();
            return null;
        }
        catch (TargetInvocationException failure)
        {
            return (failure.InnerException ?? failure).ToString();
        }
    }
}
