using Mempulse.Folding.Following;
using Mempulse.Primitives;
using Mempulse.Primitives.Records;
using Mempulse.Schedules.Tests.Scenarios;

namespace Mempulse.Schedules.Tests.Following;

/// <summary>A log in memory: so many sightings, numbered by their positions.</summary>
internal sealed class MemoryPages : ILogPages
{
    private const int PageRecords = 2;

    public ulong Watermark { get; set; }

    public async ValueTask<SequencedBatch?> ReadAsync(GlobalSeq first, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        ulong watermark = Watermark;
        var page = first.Value > watermark ? null : Sightings.At(first.Value, (int)Math.Min(PageRecords, watermark - first.Value + 1), watermark);
        await Task.Yield();
        return page;
    }
}
