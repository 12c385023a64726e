using System.CommandLine;

namespace Husai.Cli.Hosting;

/// <summary>Options that take one of a few words.</summary>
internal static class OptionChoices
{
    /// <summary>Accepts only some words. The message of the library's own check names no option and has a line for each word.</summary>
    /// <param name="option">The option; it has no validator yet.</param>
    /// <param name="values">The words, which help and completion show.</param>
    public static void AcceptOnly<T>(this Option<T> option, params string[] values)
    {
        _ = option.AcceptOnlyFromAmong(values);
        option.Validators.Clear();
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !values.Contains(token.Value, StringComparer.Ordinal)))
            {
                result.AddError($"{option.Name} is '{token.Value}' where one of {string.Join(", ", values)} is needed");
            }
        });
    }
}
