using Mempulse.Primitives;

namespace Mempulse.Canon.Snapshots;

/// <summary>A snapshot holds events that the log does not: the log lost its end, or the snapshot is of another log.</summary>
public sealed class SnapshotAheadException : IOException
{
    /// <summary>The snapshot's position and the log's end.</summary>
    public SnapshotAheadException(string file, GlobalSeq snapshot, GlobalSeq watermark)
        : base($"{file} holds the state at seq {snapshot}, and the log ends at seq {watermark}.")
    {
    }

    /// <summary>Without a message, for serializers.</summary>
    public SnapshotAheadException()
    {
    }

    /// <summary>With a message only.</summary>
    public SnapshotAheadException(string message)
        : base(message)
    {
    }

    /// <summary>With a cause.</summary>
    public SnapshotAheadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
