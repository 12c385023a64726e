using System.ComponentModel.DataAnnotations;

namespace Husai.Transformers.Models;

/// <summary>Checks options built in code by the attributes that a configuration file is checked by.</summary>
internal static class OptionChecks
{
    public static void Require(object options, string argument)
    {
        ArgumentNullException.ThrowIfNull(options, argument);
        var failures = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true))
        {
            throw new ArgumentException(string.Join("; ", failures.Select(failure => failure.ErrorMessage)), argument);
        }
    }
}
