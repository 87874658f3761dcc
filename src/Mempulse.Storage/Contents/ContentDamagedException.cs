namespace Mempulse.Storage.Contents;

/// <summary>A stored file is damaged; the message names the file, the byte offset, what was expected and what was found.</summary>
public sealed class ContentDamagedException : IOException
{
    /// <summary>Creates an exception for damage at a byte offset of a file.</summary>
    public ContentDamagedException(string path, long offset, string expected, string actual)
        : base($"{path} is damaged at byte {offset}: expected {expected}, found {actual}.")
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public ContentDamagedException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public ContentDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public ContentDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
