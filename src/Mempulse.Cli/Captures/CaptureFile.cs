using Mempulse.Net.Captures;

namespace Mempulse.Cli.Captures;

/// <summary>Finds the file that a user means by a path.</summary>
internal static class CaptureFile
{
    private const string Extension = "*.mpc";

    /// <summary>Opens a capture by its file, or by a directory that holds just one.</summary>
    /// <exception cref="UsageException">There is no such file, or more than one.</exception>
    /// <exception cref="CaptureDamagedException">The file is no capture, or damaged.</exception>
    public static CaptureReader Open(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? CaptureReader.Open(path) : throw new UsageException($"There is no capture at '{path}'.");
        }

        string[] found = Directory.GetFiles(path, Extension);
        return found.Length == 1
            ? CaptureReader.Open(found[0])
            : throw new UsageException($"'{path}' holds {found.Length} captures; name one of them.");
    }
}
