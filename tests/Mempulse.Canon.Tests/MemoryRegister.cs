using Mempulse.Canon.Fencing;
using Mempulse.Primitives;

namespace Mempulse.Canon.Tests;

/// <summary>The record that the writers of a cluster share, in memory; it can be out of reach.</summary>
internal sealed class MemoryRegister : IWriterRegister
{
    private readonly Lock _step = new();

    public WriterRecord? Record { get; set; }

    public bool IsOutOfReach { get; set; }

    /// <summary>True while its writer is paused, which the timers of these tests are not: renewals fail as if they were not asked for.</summary>
    public bool IsWriterPaused { get; set; }

    public int Renewals { get; private set; }

    public WriterRecord? Read() => InOneStep(() => Record);

    public bool TryTake(WriterRecord? found, WriterRecord taken) => InOneStep(() =>
    {
        bool isSame = (Record?.Epoch, Record?.Renewals) == (found?.Epoch, found?.Renewals);
        Record = isSame ? taken : Record;
        return isSame;
    });

    public bool TryRenew(Epoch epoch, GlobalSeq watermark) => InOneStep(() =>
    {
        if (IsWriterPaused)
        {
            throw new IOException("A paused writer asks for nothing.");
        }

        Renewals++;
        if (Record?.Epoch != epoch)
        {
            return false;
        }

        Record = Record with { Renewals = Record.Renewals + 1, Watermark = watermark };
        return true;
    });

    public void Release(Epoch epoch, GlobalSeq watermark) => InOneStep(() => Record = Record?.Epoch == epoch ? Record with { Holder = string.Empty, Watermark = watermark } : Record);

    public void Dispose()
    {
    }

    private T InOneStep<T>(Func<T> step)
    {
        lock (_step)
        {
            return IsOutOfReach ? throw new IOException("The register is out of reach.") : step();
        }
    }
}
