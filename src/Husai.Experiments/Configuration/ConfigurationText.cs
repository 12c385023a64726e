using System.Text;

namespace Husai.Experiments.Configuration;

/// <summary>Reads the text of configuration files.</summary>
internal static class ConfigurationText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file, or a pipe; never more than a little above <see cref="ConfigurationReader.MaximumLength"/> bytes, as a device has no end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="problem">Why it cannot be read, as what is said of the file.</param>
    public static bool TryRead(string path, out string text, out string problem)
    {
        text = problem = "";
        if (Directory.Exists(path))
        {
            problem = "is a folder, not a file";
            return false;
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[ConfigurationReader.MaximumLength + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length == bytes.Length)
            {
                problem = $"is longer than the {ConfigurationReader.MaximumLength} bytes that are read of a configuration";
                return false;
            }

            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Strict);
            text = reader.ReadToEnd();
            return true;
        }
        catch (DecoderFallbackException)
        {
            problem = "is not UTF-8 text";
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = "no such file";
        }
        catch (UnauthorizedAccessException)
        {
            problem = "may not be read by this user";
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            problem = $"cannot be read: {error.Message}";
        }

        return false;
    }
}
