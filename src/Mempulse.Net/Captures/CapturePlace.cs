namespace Mempulse.Net.Captures;

/// <summary>Finds the capture that a path refers to.</summary>
public static class CapturePlace
{
    private const string Extension = "*.mpc";

    /// <summary>The path of a capture file, or of the only capture in a directory.</summary>
    /// <exception cref="FileNotFoundException">There is no capture, or more than one; the message says which.</exception>
    public static string Find(string path)
    {
        if (!Directory.Exists(path))
        {
            return File.Exists(path) ? path : throw new FileNotFoundException($"There is no capture at '{path}'.");
        }

        string[] found = Directory.GetFiles(path, Extension);
        return found.Length == 1
            ? found[0]
            : throw new FileNotFoundException($"'{path}' is not a valid capture directory: expected one {Extension} file, found {found.Length}.");
    }
}
