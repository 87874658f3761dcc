namespace Mempulse.Net.Captures;

/// <summary>A capture file is not what it should be.</summary>
/// <remarks>The message is a plain sentence with the file and the offset.</remarks>
public sealed class CaptureDamagedException : Exception
{
    /// <summary>Says what is wrong at <paramref name="offset"/> of <paramref name="path"/>.</summary>
    public CaptureDamagedException(string path, long offset, string finding)
        : this(path, offset, finding, null)
    {
    }

    /// <summary>The same, with what led to it.</summary>
    public CaptureDamagedException(string path, long offset, string finding, Exception? innerException)
        : base($"{path} is damaged at offset {offset}: {finding}", innerException)
    {
        Path = path;
        Offset = offset;
    }

    /// <summary>Says what is wrong without a place.</summary>
    public CaptureDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong without a place.</summary>
    public CaptureDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says nothing.</summary>
    public CaptureDamagedException()
    {
    }

    /// <summary>The file, or null.</summary>
    public string? Path { get; }

    /// <summary>Where in the file, in bytes from its start.</summary>
    public long Offset { get; }
}
