namespace Mempulse.Net.Captures;

/// <summary>A capture file is damaged.</summary>
/// <remarks>The message states the file and the offset.</remarks>
public sealed class CaptureDamagedException : Exception
{
    /// <summary>Creates an exception for damage at <paramref name="offset"/> of <paramref name="path"/>.</summary>
    public CaptureDamagedException(string path, long offset, string finding)
        : this(path, offset, finding, null)
    {
    }

    /// <summary>Creates an exception for damage with its cause.</summary>
    public CaptureDamagedException(string path, long offset, string finding, Exception? innerException)
        : base($"{path} is damaged at offset {offset}: {finding}", innerException)
    {
        Path = path;
        Offset = offset;
    }

    /// <summary>Creates an exception without a place.</summary>
    public CaptureDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without a place.</summary>
    public CaptureDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception without details.</summary>
    public CaptureDamagedException()
    {
    }

    /// <summary>The file, or null.</summary>
    public string? Path { get; }

    /// <summary>The offset in the file in bytes.</summary>
    public long Offset { get; }
}
