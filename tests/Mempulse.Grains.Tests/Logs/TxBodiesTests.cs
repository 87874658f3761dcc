using Mempulse.Canon.Appending;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;
using Mempulse.Testing.SimulatedDisk;
using Mempulse.Testing.Waiting;

namespace Mempulse.Grains.Tests.Logs;

/// <summary>Bodies that became durable last are kept up to a number of bytes, and others are read from the log.</summary>
public sealed class TxBodiesTests : IAsyncDisposable
{
    private static readonly LaneId s_lane = LaneId.Of("test");

    private readonly TestLog _log = new(new SimulatedFileSystem(seed: 21));
    private readonly List<Hash256> _asked = [];

    [Fact]
    public async Task A_body_that_became_durable_is_found_without_a_read_of_the_log()
    {
        await _log.Log.AppendAsync(Batch("a", "b"), AcknowledgeOn.Pool);

        await Until.TrueAsync(() => _log.Bodies.Find(TestLog.Chain, Named.Tx("b")) is not null, "the commit was published"); // after the acknowledgement
        var body = _log.Bodies.Find(TestLog.Chain, Named.Tx("b"));

        Assert.Equal((Named.Tx("b"), Named.Account("ann")), (body!.Hash, body.Sender));
        Assert.Same(body, await Bodies(_log.Bodies).FindAsync(TestLog.Chain, Named.Tx("b")));
        Assert.Empty(_asked);
        Assert.Null(_log.Bodies.Find(new ChainId(2), Named.Tx("b")));
    }

    [Fact]
    public async Task An_older_body_is_read_from_the_log_once()
    {
        await _log.Log.AppendAsync(Batch("a", "b"), AcknowledgeOn.Pool);
        var bodies = Bodies(new RecentBodies());

        var body = await bodies.FindAsync(TestLog.Chain, Named.Tx("a"));

        Assert.Equal((Named.Tx("a"), Named.Account("ann")), (body!.Hash, body.Sender));
        Assert.Equal(body.Tx.RawBytes.ToArray(), new ScenarioTx("a", "ann", 0).Body().RawBytes.ToArray());
        Assert.NotNull(await bodies.FindAsync(TestLog.Chain, Named.Tx("a")));
        Assert.Equal([Named.Tx("a")], _asked);
        Assert.Null(await bodies.FindAsync(TestLog.Chain, Named.Tx("unknown")));
    }

    [Fact]
    public void The_oldest_leave_when_the_bytes_are_used_up()
    {
        string[] names = ["a", "b", "c", "d"];
        int size = Records("a").First().Length;
        var bodies = new RecentBodies(maxBytes: (3 * size) - 1);

        Commit(bodies, names);

        Assert.Equal([false, false, true, true], names.Select(name => bodies.Find(TestLog.Chain, Named.Tx(name)) is not null));

        Commit(bodies, "d", "d", "a"); // what is there is not counted again
        Assert.Equal([true, false, false, true], names.Select(name => bodies.Find(TestLog.Chain, Named.Tx(name)) is not null));
    }

    [Fact]
    public void A_body_larger_than_all_bytes_is_not_kept_and_takes_no_place()
    {
        int size = Records("a").First().Length;
        var bodies = new RecentBodies(maxBytes: size);
        Commit(bodies, "a");

        var large = new EventBatch(s_lane);
        large.Add((new ScenarioTx("large", "ann", 0) { Call = (Named.Account("contract"), new byte[2 * size]) }).Decoded(), RecordMeta.Fact(s_lane, 1, new UnixNanoseconds(1), default));
        bodies.Committed(TestLog.Chain, Read(large));

        Assert.Null(bodies.Find(TestLog.Chain, Named.Tx("large")));
        Assert.NotNull(bodies.Find(TestLog.Chain, Named.Tx("a")));
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private static void Commit(RecentBodies bodies, params string[] names) => bodies.Committed(TestLog.Chain, Read(Batch(names)));

    private static SequencedBatch Read(EventBatch batch) => new(new Epoch(1), new GlobalSeq(1), batch.Count, new GlobalSeq((ulong)batch.Count), batch.Records);

    private static List<byte[]> Records(params string[] names)
    {
        var records = new List<byte[]>();
        foreach (var record in Read(Batch(names)))
        {
            records.Add(record.Bytes.ToArray());
        }

        return records;
    }

    private static EventBatch Batch(params string[] names)
    {
        var batch = new EventBatch(s_lane);
        foreach (string name in names)
        {
            batch.Add(new ScenarioTx(name, "ann", 0).Decoded(), RecordMeta.Fact(s_lane, (ulong)batch.Count + 1, new UnixNanoseconds(1), default));
        }

        return batch;
    }

    private TxBodies Bodies(RecentBodies recent) => new(recent, ScriptedGrain.OfMethods<IGrainFactory>((_, _) => ScriptedGrain.OfMethods<ILogReaderGrain>((method, arguments) =>
    {
        Assert.Equal(nameof(ILogReaderGrain.ReadKey), method.Name);
        var key = (EventKey)arguments[0]!;
        var page = LogQueries.ReadKey(_log.Log.Reader, key, (GlobalSeq)arguments[1]!, (int)arguments[2]!);
        _asked.AddRange(page.Records.Select(static record => record.View.TxKey));
        return new ValueTask<RecordPage>(page);
    })));
}
