using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Logs;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Contents;
using Mempulse.Testing;
using Mempulse.Testing.SimulatedDisk;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>A recorded simulation states whether its base is still canonical, whether its contents are stored, and what is damaged; the store has the size of its option.</summary>
public sealed class SimRecordsTests : IAsyncDisposable
{
    private const int ScanMost = Abstractions.Logs.ScanQuery.MaxLimit;
    private const long StoreBytes = 3 << 10;
    private const string Sims = "/data/1/sims";

    private static readonly LaneId s_lane = LaneId.Of(SimDeposit.Lane);
    private static readonly byte[] s_witness = [1, 2, 3];
    private static readonly byte[] s_trace = [4, 5, 6];
    private static readonly Hash256 s_sim = Keccak256.Hash("sim"u8);
    private static readonly Hash256 s_base = Keccak256.Hash("base"u8);

    private readonly SimulatedFileSystem _disk = new(seed: 23);
    private readonly TestLog _log;
    private readonly SimStores _stores;
    private ulong _next = 1;

    public SimRecordsTests()
    {
        _log = new TestLog(_disk);
        _stores = new SimStores(
            Options.Create(new SimHostOptions { StoreBytes = StoreBytes }), Options.Create(new LogHostOptions { Directory = "/data", Files = _disk }));
    }

    private SimRecords Records => _stores.Of(TestLog.Chain, _log.Log.Reader);

    [Fact]
    public async Task Its_base_is_canonical_once_observed_and_then_what_its_last_move_says()
    {
        await AppendAsync(Fact());
        Assert.Equal(SimBaseStanding.Unknown, Records.Find(s_sim)!.Base);
        await AppendAsync(BlankFacts.Block(s_base));
        Assert.Equal(SimBaseStanding.Canonical, Records.Find(s_sim)!.Base);

        foreach (var standing in new[] { SimBaseStanding.Left, SimBaseStanding.Canonical, SimBaseStanding.Left })
        {
            await AppendAsync(new LogEvent.SimBaseMoved(s_sim, s_base, standing));
            Assert.Equal(standing, Records.Find(s_sim)!.Base);
        }
    }

    [Fact]
    public async Task Its_last_move_is_found_behind_a_thousand_others()
    {
        await AppendAsync(Fact());
        await AppendAsync([.. Enumerable.Repeat(new LogEvent.SimBaseMoved(s_sim, s_base, SimBaseStanding.Left), ScanMost)]);
        await AppendAsync(new LogEvent.SimBaseMoved(s_sim, s_base, SimBaseStanding.Canonical));

        var view = Records.Find(s_sim)!;

        Assert.Equal((SimBaseStanding.Canonical, 1UL, Path.GetFullPath("/data/1")), (view.Base, view.Record.Seq.Value, view.LogDirectory));
        Assert.True(view.AsOf >= new GlobalSeq((ulong)ScanMost + 2));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public async Task Its_contents_are_those_that_are_stored_and_damage_is_named_that_of_the_witness_first(bool hasWitness, bool hasTrace, bool isDamaged)
    {
        await AppendAsync(Fact());
        var witness = hasWitness ? Store(ContentKind.Witness, s_witness) : null;
        var trace = hasTrace ? Store(ContentKind.Trace, s_trace) : null;
        if (isDamaged)
        {
            Flip(trace!);
            Flip(witness!);
        }

        var view = Records.Find(s_sim)!;

        Assert.Equal((hasWitness && !isDamaged, hasTrace && !isDamaged), (view.HasWitness, view.Trace?.Span.SequenceEqual(s_trace) == true));
        Assert.Equal(isDamaged, view.Damage.Length > 0);
        Assert.Equal(isDamaged, witness is not null && view.Damage.Contains(witness.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_witness_is_there_only_with_the_codes_that_it_names()
    {
        var code = ContractCode.Of([0x60, 0x02]);
        var state = new KnownState();
        state.Add(code);
        byte[] witness = WitnessCodec.Encode(new Witness(new SimRequest { Block = new SimBlock(s_base, Fork.Osaka, 1, 1, 1, default, 1, default, default, default, 0), Transactions = [] }, state, StateTrust.Verified).NamingCodes());
        await AppendAsync(Fact() with { WitnessDigest = Keccak256.Hash(witness) });
        Store(ContentKind.Witness, witness);

        var without = Records.Find(s_sim)!;
        Assert.Equal((false, $"Code {code.Hash}, which the witness names, is no longer stored."), (without.HasWitness, without.Damage));

        var file = Store(ContentKind.Code, code.Bytes.ToArray());
        Assert.Equal((true, string.Empty), (Records.Find(s_sim)!.HasWitness, Records.Find(s_sim)!.Damage));
        Flip(file);

        Assert.False(Records.Find(s_sim)!.HasWitness);
        Assert.Contains(file.Name, Records.Find(s_sim)!.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_of_the_trace_alone_is_named_too()
    {
        await AppendAsync(Fact());
        Store(ContentKind.Witness, s_witness);
        var trace = Store(ContentKind.Trace, s_trace);
        Flip(trace);

        var view = Records.Find(s_sim)!;

        Assert.Equal((true, null), (view.HasWitness, view.Trace));
        Assert.Contains(trace.Name, view.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_steps_are_those_that_are_stored_and_else_it_says_whether_they_are_damaged_gone_or_were_never_stored()
    {
        byte[] steps = [7, 8, 9];
        Assert.Null(Records.FindSteps(s_sim));
        await AppendAsync(Fact());
        Assert.Contains("were not stored", Problem(), StringComparison.Ordinal);
        await AppendAsync(Fact() with { StepsDigest = Keccak256.Hash(steps) });
        Assert.Contains("are no longer stored", Problem(), StringComparison.Ordinal);

        var file = Store(ContentKind.Steps, steps);
        Assert.Equal((true, string.Empty), (Records.FindSteps(s_sim)!.Lines?.Span.SequenceEqual(steps), Problem()));
        Flip(file);

        Assert.Null(Records.FindSteps(s_sim)!.Lines);
        Assert.Contains(file.Name, Problem(), StringComparison.Ordinal);

        string Problem() => Records.FindSteps(s_sim)!.Problem;
    }

    [Fact]
    public void The_store_of_a_chain_is_opened_once_and_deletes_the_oldest_beyond_its_size()
    {
        Assert.Same(Records, Records);
        for (int number = 0; number < 8; number++)
        {
            Records.Put([PreparedContent.Of(ContentKind.Witness, new SeededBytes((ulong)number).Next(1_000))], []);
        }

        long size = _disk.ReadAllBytes(Path.Combine(Sims, _disk.List(Sims)[0])).Length;
        Assert.Equal(StoreBytes / size, _disk.List(Sims).Count);
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private static LogEvent.SimCompleted Fact() =>
        BlankFacts.Sim(s_sim, s_base) with { TraceDigest = Keccak256.Hash(s_trace), WitnessDigest = Keccak256.Hash(s_witness) };

    /// <summary>Stores a content; returns where it is.</summary>
    private StoredFrame Store(ContentKind kind, byte[] content)
    {
        const int BytesBefore = 40 + 8 + 48; // a record, and the header of a batch of one content
        var before = _disk.List(Sims).ToDictionary(static name => name, UsedBytes);
        Records.Put([PreparedContent.Of(kind, content)], []);
        string file = Assert.Single(_disk.List(Sims), name => UsedBytes(name) > before.GetValueOrDefault(name));
        int start = (before.GetValueOrDefault(file) + 63) / 64 * 64;
        return new StoredFrame(Path.Combine(Sims, file), start + BytesBefore);
    }

    private int UsedBytes(string name) => Array.FindLastIndex(_disk.ReadAllBytes(Path.Combine(Sims, name)), static value => value != 0) + 1;

    private void Flip(StoredFrame frame) => _disk.FlipBit(frame.Path, frame.Offset + 4, bit: 3);

    private sealed record StoredFrame(string Path, int Offset)
    {
        public string Name => $"{Path} is damaged at byte {Offset}";
    }

    private async Task AppendAsync(params LogEvent[] facts)
    {
        var batch = new EventBatch(s_lane);
        foreach (var fact in facts)
        {
            batch.Add(fact, RecordMeta.Fact(s_lane, _next++, default, default));
        }

        await _log.Log.AppendAsync(batch, Canon.Appending.AcknowledgeOn.Pool);
    }
}
