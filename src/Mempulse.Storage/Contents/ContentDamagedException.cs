namespace Mempulse.Storage.Contents;

/// <summary>A stored file is not what was put: says which file, at which byte, what was expected and what is there.</summary>
public sealed class ContentDamagedException : IOException
{
    /// <summary>Damage with its place.</summary>
    public ContentDamagedException(string path, long offset, string expected, string actual)
        : base($"{path} is damaged at byte {offset}: expected {expected}, found {actual}.")
    {
    }

    /// <summary>Damage that nothing more is known of.</summary>
    public ContentDamagedException()
    {
    }

    /// <summary>Damage in words.</summary>
    public ContentDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>Damage in words.</summary>
    public ContentDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
