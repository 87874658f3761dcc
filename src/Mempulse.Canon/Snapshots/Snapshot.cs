using Mempulse.Canon.Files;

namespace Mempulse.Canon.Snapshots;

/// <summary>A snapshot whose every byte was verified, ready to be read.</summary>
public sealed class Snapshot : IDisposable
{
    internal Snapshot(ILogFileSystem files, string path, SnapshotHeader header)
    {
        Path = path;
        Mark = header.Mark;
        Content = new ContentReader(files.Open(path, FileUse.Read), header.ContentBytes);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What state it holds.</summary>
    public SnapshotMark Mark { get; }

    /// <summary>The content from its beginning; closed with the snapshot.</summary>
    public Stream Content { get; }

    /// <summary>The whole content, in memory of its own; to be called once, before <see cref="Content"/> is read.</summary>
    public byte[] ReadAll()
    {
        using var copy = new MemoryStream();
        Content.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => Content.Dispose();
}
