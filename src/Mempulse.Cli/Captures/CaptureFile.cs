using Mempulse.Net.Captures;

namespace Mempulse.Cli.Captures;

/// <summary>Finds the capture that a path refers to.</summary>
internal static class CaptureFile
{
    private const string Extension = "*.mpc";

    /// <summary>Opens a capture file, or the only capture in a directory.</summary>
    /// <exception cref="UsageException">There is no capture, or more than one.</exception>
    /// <exception cref="CaptureDamagedException">The file is not a capture, or is damaged.</exception>
    public static CaptureReader Open(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? CaptureReader.Open(path) : throw new UsageException($"There is no capture at '{path}'.");
        }

        string[] found = Directory.GetFiles(path, Extension);
        return found.Length == 1
            ? CaptureReader.Open(found[0])
            : throw new UsageException($"'{path}' is not a valid capture directory: expected one {Extension} file, found {found.Length}.");
    }
}
