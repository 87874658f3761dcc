using Mempulse.Primitives;

namespace Mempulse.Canon.Fencing;

/// <summary>The record of who writes a chain's log, where all silos of a cluster see it. Each change is one atomic step.</summary>
/// <remarks>A call takes milliseconds, and throws an <see cref="IOException"/> while the register cannot be reached.</remarks>
public interface IWriterRegister : IDisposable
{
    /// <summary>The record; null before the first writer.</summary>
    WriterRecord? Read();

    /// <summary>Replaces the record if its epoch and renewals still equal those of <paramref name="found"/>. If <paramref name="found"/> is null, creates the record unless one exists.</summary>
    bool TryTake(WriterRecord? found, WriterRecord taken);

    /// <summary>Counts a renewal and raises the watermark if the epoch still is <paramref name="epoch"/>.</summary>
    /// <returns>False if another writer has taken the log.</returns>
    bool TryRenew(Epoch epoch, GlobalSeq watermark);

    /// <summary>States that the writer of <paramref name="epoch"/> has closed the log, so that the next one need not wait.</summary>
    void Release(Epoch epoch, GlobalSeq watermark);
}
