using System.Security.Cryptography;
using System.Text;

namespace Husai.Explorer.Hosting;

/// <summary>The secret that lets a browser in from another machine.</summary>
public static class AccessToken
{
    /// <summary>Draws a token of 128 bits.</summary>
    public static string Create()
    {
        // What could be computed again would be no secret.
#pragma warning disable RS0030
        return RandomNumberGenerator.GetHexString(32, lowercase: true);
#pragma warning restore RS0030
    }

    /// <summary>Whether what a browser gave is the token, in a time that says nothing about it.</summary>
    internal static bool IsSame(string token, string? given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(token)), SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")));
}
