using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>Who writes a chain's log.</summary>
/// <param name="Epoch">The epoch of the last writer.</param>
/// <param name="Place">Where it writes.</param>
/// <param name="Holder">The name of the silo; empty once it has closed the log.</param>
/// <param name="Renewals">Changes while the writer lives.</param>
/// <param name="Watermark">The highest position that the writer has stated as durable.</param>
public sealed record WriterRecord(Epoch Epoch, WriterPlace Place, string Holder, long Renewals, GlobalSeq Watermark)
{
    /// <summary>True until the writer has closed the log.</summary>
    public bool IsHeld => Holder.Length > 0;
}

/// <summary>Where a writer has its log.</summary>
/// <param name="Volume">The copy of the log: the content of its file <see cref="LogVolume.FileName"/>.</param>
/// <param name="Machine">The name of the machine.</param>
public readonly record struct WriterPlace(Guid Volume, string Machine);
