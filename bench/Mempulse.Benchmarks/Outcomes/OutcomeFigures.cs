using System.Globalization;
using Mempulse.Folding;
using Mempulse.Outcomes;
using Mempulse.Outcomes.Bundles;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Benchmarks.Outcomes;

/// <summary>What a block costs the fold of bundles while 10,000 of them are open, each with an answer of 64 relays.</summary>
/// <remarks>The same blocks are folded without outcomes too; the difference is theirs. Each round has bundles of its own.</remarks>
internal sealed class OutcomeFigures : IFigures
{
    private const int Bundles = 10_000;
    private const int Relays = 64;
    private const int Spread = 8;
    private const int BlockTransactions = 200;
    private const int Rounds = 6;
    private const int BatchEvents = 4_096;

    private static readonly LaneId s_lane = LaneId.Of("figures");
    private static readonly string[] s_relays = [.. Enumerable.Range(0, Relays).Select(static i => string.Create(CultureInfo.InvariantCulture, $"relay-{i:D2}"))];

    private readonly EventBatch _derived = new(DerivedEvents.Lane);
    private ulong _local;
    private ulong _height;

    /// <inheritdoc/>
    public string Area => "outcomes";

    /// <inheritdoc/>
    public void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"outcomes: {Bundles} open bundles over {Relays} relays, blocks of {BlockTransactions} transactions"));
        Write(output, "all for one block: that block", Measure(spread: 1));
        Write(output, string.Create(CultureInfo.InvariantCulture, $"for {Spread} blocks: each of these"), Measure(Spread));
    }

    private static void Write(TextWriter output, string what, double milliseconds) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-40} {milliseconds,8:F2} ms, goal 5"));

    /// <summary>The median time that outcomes add to a block.</summary>
    private double Measure(int spread)
    {
        (_local, _height) = (0, 1);
        var with = FoldComposition.Of(EventCatalog.Core, static _ => OutcomeDerivations.Create()).Create(Scenario.Chain);
        var without = FoldComposition.Of(EventCatalog.Core, static _ => []).Create(Scenario.Chain);
        ReplayEngine[] engines = [with, without];
        Apply(engines, [new LogEvent.EpochStarted(new Epoch(1), Scenario.Chain, "figures", new FoldParameters()), Block(0)]);
        List<double> added = [];
        for (int round = 0; round < Rounds; round++)
        {
            Fill(engines, round, spread);
            GC.Collect(); // bundles are old when their block comes
            for (int i = 0; i < spread; i++)
            {
                double[] times = Apply(engines, [Block(round)]);
                added.Add(times[0] - times[1]);
            }

            GC.Collect();
        }

        var open = with.View<IBundleView>().Counts.Open;
        added.Sort();
        return open == 0 ? added[added.Count / 2] : throw new InvalidOperationException($"{open} bundles are still open.");
    }

    private void Fill(ReplayEngine[] engines, int round, int spread)
    {
        List<LogEvent> batch = [];
        for (int i = 0; i < Bundles; i++)
        {
            var built = Built(round, i, _height + (ulong)(i % spread));
            batch.Add(built);
            foreach (string relay in s_relays)
            {
                batch.Add(new LogEvent.AttemptStarted { Bundle = built.Bundle, Relay = relay, Command = RelayCommandKind.SendBundle, Number = 1, BackoffMilliseconds = 0, Seed = default, Request = default, IsDryRun = false });
                batch.Add(new LogEvent.RelayAttempt
                {
                    Bundle = built.Bundle, Relay = relay, Command = RelayCommandKind.SendBundle, Number = 1, Class = ErrorClass.None, Consequence = AttemptConsequence.Accepted, Status = 200, LatencyMicroseconds = 40_000, Detail = string.Empty, IsDryRun = false,
                });
            }

            if (batch.Count >= BatchEvents)
            {
                Apply(engines, batch);
                batch.Clear();
            }
        }

        Apply(engines, batch);
    }

    /// <summary>Applies the events to each engine and returns the milliseconds of processor time that each took.</summary>
    private double[] Apply(ReplayEngine[] engines, IReadOnlyList<LogEvent> events)
    {
        var batch = new EventBatch(s_lane);
        foreach (var one in events)
        {
            _local++;
            batch.Add(one, RecordMeta.Fact(s_lane, _local, new UnixNanoseconds((long)_local * 1_000), SourceId.Of("figures")));
        }

        double[] times = new double[engines.Length];
        for (int i = 0; i < engines.Length; i++)
        {
            var first = engines[i].Applied.Next;
            var sequenced = new SequencedBatch(new Epoch(1), first, batch.Count, first.Plus((ulong)batch.Count - 1), batch.Records);
            var before = Environment.CpuUsage.TotalTime;
            engines[i].Apply(sequenced);
            times[i] = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            Drain(engines[i]);
        }

        return times;
    }

    /// <summary>A live owner appends what is derived. Its own time is not that of the fold.</summary>
    private void Drain(ReplayEngine engine)
    {
        _derived.Clear();
        while (engine.DrainDerived(_derived, int.MaxValue) > 0)
        {
            engine.ConfirmDerived(_derived.Last);
            _derived.Clear();
        }
    }

    private LogEvent.BlockObserved Block(int round) => new()
    {
        Hash = Named.Block($"block {_height}"),
        Number = new BlockNumber(_height++),
        ParentHash = Named.Block($"block {_height - 2}"),
        TimestampSeconds = 1_700_000_000 + (_height * 12),
        BaseFeePerGas = new Wei(7),
        GasUsed = default,
        GasLimit = new Gas(30_000_000),
        FeeRecipient = default,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions =
        [
            .. Enumerable.Range(0, BlockTransactions).Select(i => new BlockTx(
                Named.Tx($"tx {_height} {i}"), Named.Account($"sender {round} {i}"), new Nonce(_height), ExecutionOutcome.Unknown, default, default)),
        ],
        AuthorityNonces = [],
    };

    /// <summary>A bundle of a victim, which several have in common, and a transaction of its own.</summary>
    private LogEvent.BundleBuilt Built(int round, int index, ulong target) => new()
    {
        Bundle = Named.Tx($"bundle {round} {index}"),
        Base = Named.Block($"block {_height - 1}"),
        Sim = default,
        Opportunities = [Named.Tx($"opp {round} {index / 4}")],
        BaseNumber = new BlockNumber(_height - 1),
        Target = new BlockNumber(target),
        Strategy = "backrun-arbitrage",
        StrategyVersion = 1,
        Content = default,
        Operator = Named.Account("operator"),
        Account = Named.Account("executor"),
        Transactions =
        [
            new BundleTx(Named.Tx($"victim {round} {index / 16}"), Named.Account($"sender {round} {index / 16}"), new Nonce(target + 1), new Wei(100), IsOwn: false, MayRevert: false),
            new BundleTx(Named.Tx($"own {round} {index}"), Named.Account("operator"), new Nonce((ulong)index), new Wei(100), IsOwn: true, MayRevert: false),
        ],
        GasLimit = new Gas(600_000),
        BaseFee = new Wei(8),
        Tip = new Wei(1),
        Payment = new Wei(36_000),
        PaymentPolicy = "share/1 9000 bps",
        Profit = WeiDelta.Gain(new Wei(4_000)),
        Uuid = string.Create(CultureInfo.InvariantCulture, $"{round}-{index}"),
        Sequence = 1,
        IsSigned = true,
        IsDryRun = false,
        Token = default,
    };
}
