using Mempulse.Primitives;
using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Tests;

[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>An append allocates nothing per event once the writer is warm.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class AllocationTests : IDisposable
{
    private const int EventsPerBatch = 256;
    private const int BatchCount = 400;

    /// <summary>Allows for the few bytes per commit that the runtime's scheduling takes; one object per event would take 24.</summary>
    private const double AllowedBytesPerEvent = 0.5;

    private readonly string _directory = Directory.CreateTempSubdirectory("canon-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_warm_append_allocates_nothing_per_event()
    {
        using var log = EventLog.Open(new EventLogOptions { Directory = _directory, Chain = new ChainId(1) });
        var batch = new EventBatch(SyncLog.Lane);
        await Append(log, batch, 1, 50);

        long before = GC.GetTotalAllocatedBytes(precise: true);
        await Append(log, batch, 51, BatchCount);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        double perEvent = (double)allocated / (BatchCount * EventsPerBatch);
        Assert.True(perEvent < AllowedBytesPerEvent, $"{perEvent:F2} B per event");
    }

    private static async Task Append(EventLog log, EventBatch batch, int firstBatch, int count)
    {
        for (int number = firstBatch; number < firstBatch + count; number++)
        {
            batch.Clear();
            Batches.Fill(batch, ((ulong)number * EventsPerBatch) + 1, EventsPerBatch);
            await log.AppendAsync(batch, CancellationToken.None);
        }
    }
}
