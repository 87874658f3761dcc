using Mempulse.Primitives;

namespace Mempulse.Canon.Snapshots;

/// <summary>A snapshot covers events that the log does not hold: the log lost its end, or the snapshot belongs to another log.</summary>
public sealed class SnapshotAheadException : IOException
{
    /// <summary>Creates an exception that names the snapshot's position and the log's end.</summary>
    public SnapshotAheadException(string file, GlobalSeq snapshot, GlobalSeq watermark)
        : base($"Cannot use the snapshot {file}: it holds the state at seq {snapshot}, but the log ends at seq {watermark}.")
    {
    }

    /// <summary>Creates an exception without a message, for serializers.</summary>
    public SnapshotAheadException()
    {
    }

    /// <summary>Creates an exception with a message.</summary>
    public SnapshotAheadException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a message and its cause.</summary>
    public SnapshotAheadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
