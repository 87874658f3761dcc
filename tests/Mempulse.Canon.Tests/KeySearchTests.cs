using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Canon.Tests;

/// <summary>Searches by key between appends, in the segment that is being written and in sealed ones.</summary>
public sealed class KeySearchTests
{
    private const int Keys = 1_700;
    private const int Batch = 250;
    private const int Batches = 20;

    private static readonly Func<EventLogOptions, EventLog> _open = EventLog.Open;

    [Theory]
    [InlineData(4 << 20)]
    [InlineData(64 << 10)]
    public async Task Every_search_finds_all_records_of_its_key_so_far_in_order(int segmentSizeBytes)
    {
        using var log = _open(new EventLogOptions { Directory = "/log", Chain = Scenario.Chain, Files = new SimulatedFileSystem(1), SegmentSizeBytes = segmentSizeBytes });
        var lane = LaneId.Of("test");
        var expected = Enumerable.Range(0, Keys).Select(static _ => new List<GlobalSeq>()).ToArray();
        int next = 0;
        for (int batch = 0; batch < Batches; batch++)
        {
            var facts = new EventBatch(lane);
            int first = next;
            for (; next < first + Batch; next++)
            {
                facts.Add(new LogEvent.TxSeen(Named.Tx($"t{next * 7 % Keys}"), SightingVia.HashSubscription), RecordMeta.Fact(lane, (ulong)next + 1, default, default));
            }

            var result = await log.AppendAsync(facts, TestContext.Current.CancellationToken);
            for (int i = first; i < next; i++)
            {
                expected[i * 7 % Keys].Add(result.First.Plus((ulong)(i - first)));
            }

            foreach (int key in Enumerable.Range(0, Keys).Where(key => key % 50 == batch % 50))
            {
                Assert.Equal(expected[key], log.Reader.Find(EventKey.Tx(Named.Tx($"t{key}")), GlobalSeq.None, int.MaxValue));
            }
        }

        Assert.All(Enumerable.Range(0, Keys), key => Assert.Equal(expected[key], log.Reader.Find(EventKey.Tx(Named.Tx($"t{key}")), GlobalSeq.None, int.MaxValue)));
        Assert.Empty(log.Reader.Find(EventKey.Block(Named.Tx("t1")), GlobalSeq.None, 1));
    }
}
