using System.Text;
using Mempulse.Canon.Files;
using Mempulse.Canon.Format;

namespace Mempulse.Canon.Fencing;

/// <summary>The identity of a copy of a log in a cluster: a file beside it with a UUID in text. A moved directory keeps it.</summary>
public static class LogVolume
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "VOLUME";

    private const string UnfinishedName = FileName + ".new";
    private const string TextFormat = "D";
    private const int TextBytes = 36;

    /// <summary>Reads the identity, or makes one. Hold it only together with the lock of the log.</summary>
    /// <exception cref="LogCorruptException">The file holds something else.</exception>
    public static Guid ReadOrCreate(ILogFileSystem files, string directory)
    {
        ArgumentNullException.ThrowIfNull(files);
        string path = Path.Combine(directory, FileName);
        return files.Exists(path) ? Read(files, path) : Create(files, directory, path);
    }

    private static Guid Read(ILogFileSystem files, string path)
    {
        Span<byte> text = stackalloc byte[TextBytes];
        using var file = files.Open(path, FileUse.Read);
        int read = file.Read(text, 0);
        return Guid.TryParseExact(Encoding.ASCII.GetString(text[..read]), TextFormat, out var volume)
            ? volume
            : throw new LogCorruptException(new LogDamage(path, 0, "a UUID in text", $"{read} other bytes"));
    }

    private static Guid Create(ILogFileSystem files, string directory, string path)
    {
        var volume = Guid.NewGuid();
        string unfinished = Path.Combine(directory, UnfinishedName);
        files.Delete(unfinished);
        using (var file = files.Create(unfinished))
        {
            file.Write(Encoding.ASCII.GetBytes(volume.ToString(TextFormat)), 0);
            file.Sync();
        }

        files.Rename(unfinished, path);
        files.SyncDirectory(directory);
        return volume;
    }
}
