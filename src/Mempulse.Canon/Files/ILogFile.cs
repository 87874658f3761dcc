namespace Mempulse.Canon.Files;

/// <summary>One open file, addressed by offset.</summary>
/// <remarks>Reads may run concurrently with one writer. Written bytes are durable only after <see cref="Sync"/> has returned.</remarks>
public interface ILogFile : IDisposable
{
    /// <summary>The file's path.</summary>
    string Path { get; }

    /// <summary>True if <see cref="Path"/> leads to this file; false if nothing or another file is there now.</summary>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    bool IsAtPath { get; }

    /// <summary>Current length in bytes.</summary>
    long LengthBytes { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>; fewer bytes only at the end of the file.</summary>
    /// <returns>Number of bytes read.</returns>
    /// <exception cref="IOException">The device failed.</exception>
    int Read(Span<byte> destination, long offset);

    /// <summary>Writes all of <paramref name="source"/> at <paramref name="offset"/>; if it throws, any part may have been written.</summary>
    /// <exception cref="DiskFullException">The device is full.</exception>
    /// <exception cref="IOException">The device failed.</exception>
    void Write(ReadOnlySpan<byte> source, long offset);

    /// <summary>Reserves and zero-fills the bytes from the current end up to <paramref name="lengthBytes"/>, exclusive.</summary>
    /// <remarks>Later writes into them need no further space and change no metadata.</remarks>
    /// <exception cref="DiskFullException">The device is full.</exception>
    void Allocate(long lengthBytes);

    /// <summary>Truncates the file to <paramref name="lengthBytes"/>.</summary>
    void Truncate(long lengthBytes);

    /// <summary>Returns once everything written so far is on the device.</summary>
    /// <exception cref="IOException">The sync failed, which is final: a second call could succeed without writing the lost bytes.</exception>
    void Sync();
}
