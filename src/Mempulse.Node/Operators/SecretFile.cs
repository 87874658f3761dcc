using Mempulse.Node.Options;

namespace Mempulse.Node.Operators;

/// <summary>Reads a secret from a file that only its owner may open. Messages name the file and nothing of its content.</summary>
internal static class SecretFile
{
    private const int MaxBytes = 4_096;
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads it, without white space around it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it holds, for messages.</param>
    /// <exception cref="NodeUsageException">It cannot be read, is open to others, is too large, or is empty.</exception>
    public static string Read(string path, string what)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > MaxBytes)
            {
                throw new NodeUsageException($"The file with {what}, {path}, has {file.Length} bytes: expected at most {MaxBytes}.");
            }

            if (!OperatingSystem.IsWindows() && (file.UnixFileMode & OfOthers) != 0)
            {
                throw new NodeUsageException($"The file with {what}, {path}, can be read or written by others than its owner. Run: chmod 600 {path}");
            }

            return File.ReadAllText(path).Trim() is { Length: > 0 } secret ? secret : throw new NodeUsageException($"The file with {what}, {path}, is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NodeUsageException($"The file with {what}, {path}, cannot be read: {e.Message}", e);
        }
    }
}
