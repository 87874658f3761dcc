namespace Mempulse.Replay.Entries;

/// <summary>A checkpoint cannot be used: it is damaged, or of another format, chain or rule version. Replaying the log always works without it.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>A failure with its reason: what was expected and what was found.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>A failure without a reason, for serializers.</summary>
    public CheckpointException()
    {
    }

    /// <summary>A failure with its reason and cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
