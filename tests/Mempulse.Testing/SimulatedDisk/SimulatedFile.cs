using Mempulse.Canon.Files;

namespace Mempulse.Testing.SimulatedDisk;

/// <summary>An open file of a simulated disk; unusable after a restart.</summary>
internal sealed class SimulatedFile(SimulatedFileSystem disk, string path, FileContent content, int generation) : ILogFile
{
    public string Path => path;

    public bool IsAtPath => disk.IsAt(generation, path, content);

    public long LengthBytes => disk.Look(generation, () => content.Length);

    public int Read(Span<byte> destination, long offset) => disk.Read(generation, content, destination, offset);

    public void Write(ReadOnlySpan<byte> source, long offset)
    {
        byte[] bytes = source.ToArray();
        disk.Do(generation, DiskCallKind.Write, path, bytes.Length, part => content.Write(bytes.AsSpan(0, part), offset));
    }

    public void Allocate(long lengthBytes) =>
        disk.Do(generation, DiskCallKind.Allocate, path, (int)Math.Max(0, lengthBytes - content.Length), part => content.Write(new byte[part], content.Length));

    public void Truncate(long lengthBytes) => disk.Do(generation, DiskCallKind.Truncate, path, 0, _ => content.SetLength(lengthBytes));

    public void Sync() => disk.Do(generation, DiskCallKind.Sync, path, 0, _ => content.Sync(), content.ForgetUnsynced);

    public void Dispose()
    {
    }
}
