using System.ComponentModel.DataAnnotations;
using Mempulse.Canon;
using Mempulse.Canon.Format;

namespace Mempulse.Node.Options;

/// <summary>How the node keeps its logs: the section Mempulse:Log.</summary>
internal sealed class LogSettings
{
    /// <summary>Size of a segment file, in bytes: room is taken in steps of it, and a full disk shows at one of them.</summary>
    [Range(64L << 10, 4L << 30)]
    public long SegmentSizeBytes { get; init; } = EventLogOptions.DefaultSegmentSizeBytes;

    /// <summary>What an acknowledgement promises: fsync (the default) or what the operating system keeps.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;
}
