using Mempulse.Canon.Files;

namespace Mempulse.Canon.Snapshots;

/// <summary>A snapshot, open for reading, whose every byte was verified.</summary>
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

    /// <summary>Which state it holds.</summary>
    public SnapshotMark Mark { get; }

    /// <summary>The content from its beginning; closed with the snapshot.</summary>
    public Stream Content { get; }

    /// <summary>Returns the whole content in a new array. Call it once, before reading from <see cref="Content"/>.</summary>
    public byte[] ReadAll()
    {
        byte[] all = new byte[Content.Length];
        Content.ReadExactly(all);
        return all;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => Content.Dispose();
}
