namespace Mempulse.Canon.Files;

/// <summary>One open file, addressed by offset.</summary>
/// <remarks>Reads may run beside one writer. What was written is durable only after <see cref="Sync"/> returned.</remarks>
public interface ILogFile : IDisposable
{
    /// <summary>Where the file is.</summary>
    string Path { get; }

    /// <summary>Current length in bytes.</summary>
    long LengthBytes { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>; fewer bytes only at the end of the file.</summary>
    /// <returns>Bytes read.</returns>
    /// <exception cref="IOException">The device failed.</exception>
    int Read(Span<byte> destination, long offset);

    /// <summary>Writes all of <paramref name="source"/> at <paramref name="offset"/>; when it throws, any part of it may have been written.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    /// <exception cref="IOException">The device failed.</exception>
    void Write(ReadOnlySpan<byte> source, long offset);

    /// <summary>Reserves and zero-fills the bytes from the current end up to <paramref name="lengthBytes"/>, so that later writes need no room and no metadata.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    void Allocate(long lengthBytes);

    /// <summary>Cuts the file at <paramref name="lengthBytes"/>.</summary>
    void Truncate(long lengthBytes);

    /// <summary>Returns when everything written so far is on the device.</summary>
    /// <exception cref="IOException">It is not, and a second call could not tell: an error is final.</exception>
    void Sync();
}
