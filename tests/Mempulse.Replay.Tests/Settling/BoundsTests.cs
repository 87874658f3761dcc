using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Pool;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Settling;

/// <summary>The fold at its real bounds: what exceeds them leaves by rule, on record, and the same way in every replay.</summary>
public sealed class BoundsTests
{
    private const int BatchEvents = 4_096;
    private const int Forgotten = 1_000;

    private static readonly LaneId s_lane = LaneId.Of("flood");

    private readonly ReplayEngine _engine = ReplayEngine.Create(Scenario.Chain);
    private readonly EventBatch _batch = new(s_lane);
    private readonly EventBatch _derived = new(DerivedEvents.Lane);
    private ulong _localSeq;

    [Fact]
    public void A_flood_of_hashes_expires_the_oldest_and_forgets_the_oldest_settled_transactions()
    {
        const int total = TxTable.MaxWaiting + TxTable.MaxSettled + TxTable.MaxSettledHashes + Forgotten;
        for (int i = 0; i < total; i++)
        {
            Add(new LogEvent.TxSeen(HashOf(i), SightingVia.HashSubscription));
        }

        Apply();

        Assert.Equal(TxTable.MaxWaiting, _engine.Pool.CountOf(TxState.Seen));
        Assert.Equal(TxTable.MaxWaiting + TxTable.MaxSettled, _engine.Pool.TxCount);
        Assert.Equal(TxState.Unknown, _engine.Pool.StateOf(HashOf(Forgotten - 1)));
        Assert.Equal(TxState.Expired, _engine.Pool.StateOf(HashOf(Forgotten)));
        Assert.Equal(TxState.Expired, _engine.Pool.StateOf(HashOf(total - TxTable.MaxWaiting - 1)));
        Assert.Equal(TxState.Seen, _engine.Pool.StateOf(HashOf(total - TxTable.MaxWaiting)));
        Assert.Equal((ulong)(total - TxTable.MaxWaiting), _engine.Observations.Propagation(60).LetGo);
        Assert.Equal(0UL, _engine.DivergenceCount);
        _engine.AssertInvariants();
        DrainsAndFillsAgain(total);
    }

    /// <summary>A block expires everything that waits; the table then takes exactly as much as before, and one more expires the oldest.</summary>
    private void DrainsAndFillsAgain(int next)
    {
        Add(BlockAt(1, 1_700_000_000));
        Add(BlockAt(2, 1_700_100_000));
        Apply();
        Assert.Equal((0, TxTable.MaxSettled), (_engine.Pool.CountOf(TxState.Seen), _engine.Pool.TxCount));

        for (int i = 0; i < TxTable.MaxWaiting; i++)
        {
            Add(new LogEvent.TxSeen(HashOf(next + i), SightingVia.HashSubscription));
        }

        Apply();
        Assert.Equal((TxTable.MaxWaiting, TxState.Seen), (_engine.Pool.CountOf(TxState.Seen), _engine.Pool.StateOf(HashOf(next))));
        Add(new LogEvent.TxSeen(HashOf(next + TxTable.MaxWaiting), SightingVia.HashSubscription));
        Apply();
        Assert.Equal((TxState.Expired, TxState.Seen), (_engine.Pool.StateOf(HashOf(next)), _engine.Pool.StateOf(HashOf(next + 1))));
        Assert.Equal(TxTable.MaxWaiting, _engine.Pool.CountOf(TxState.Seen));
        _engine.AssertInvariants();
    }

    [Fact]
    public void A_flood_of_accounts_keeps_the_nonces_reported_last()
    {
        for (int i = 0; i < AccountTable.MaxIdle + Forgotten; i++)
        {
            Add(new LogEvent.AccountNonceObserved(AccountOf(i), new Nonce(7)));
        }

        Apply();

        Assert.False(_engine.Pool.TryGetSender(AccountOf(Forgotten - 1), out _));
        Assert.True(_engine.Pool.TryGetSender(AccountOf(Forgotten), out _));
        _engine.AssertInvariants();

        // One that holds a nonce is not idle and makes room; when it is idle again, it is the newest.
        var held = Named.Account("held");
        Add(new LogEvent.AccountNonceObserved(held, new Nonce(7)));
        Add(new ScenarioTx("its transaction", "held", 9).Decoded());
        Add(new LogEvent.AccountNonceObserved(AccountOf(AccountTable.MaxIdle + Forgotten), new Nonce(7)));
        Apply();
        Assert.Equal((false, true), (_engine.Pool.TryGetSender(AccountOf(Forgotten), out _), _engine.Pool.TryGetSender(AccountOf(Forgotten + 1), out _)));
        Add(BlockAt(1, 1_700_000_000));
        Add(BlockAt(2, 1_700_100_000));
        Add(BlockAt(70, 1_700_100_001));
        Apply();
        Assert.Equal((false, true), (_engine.Pool.TryGetSender(AccountOf(Forgotten + 1), out _), _engine.Pool.TryGetSender(AccountOf(Forgotten + 2), out _)));
        for (int i = 1; i < AccountTable.MaxIdle; i++)
        {
            Add(new LogEvent.AccountNonceObserved(AccountOf((2 * AccountTable.MaxIdle) + i), new Nonce(7)));
        }

        Apply();
        Assert.True(_engine.Pool.TryGetSender(held, out _));
        Add(new LogEvent.AccountNonceObserved(AccountOf(2 * AccountTable.MaxIdle), new Nonce(7)));
        Apply();
        Assert.False(_engine.Pool.TryGetSender(held, out _));
        _engine.AssertInvariants();
    }

    private static LogEvent.BlockObserved BlockAt(ulong number, ulong seconds) => Blocks.BlockTests.BlockAt(number, $"{number}", $"{number - 1}") with { TimestampSeconds = seconds };

    private static Hash256 HashOf(int index)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Clear();
        BinaryPrimitives.WriteInt32BigEndian(bytes, index + 1);
        return new Hash256(bytes);
    }

    private static Address AccountOf(int index) => new(HashOf(index).ToArray().AsSpan(0, Address.Size));

    private void Add(LogEvent fact)
    {
        _localSeq++;
        _batch.Add(fact, RecordMeta.Fact(s_lane, _localSeq, new UnixNanoseconds((long)_localSeq), SourceId.Of("alpha")));
        if (_batch.Count == BatchEvents)
        {
            Apply();
        }
    }

    /// <summary>Applies what was added, and then the derived events, as they would arrive from the log.</summary>
    private void Apply()
    {
        Apply(_batch);
        _batch.Clear();
        _derived.Clear();
        while (_engine.DrainDerived(_derived, int.MaxValue) > 0)
        {
            Apply(_derived);
            _derived.Clear();
        }
    }

    private void Apply(EventBatch batch)
    {
        if (batch.Count > 0)
        {
            var first = _engine.Applied.Next;
            _engine.Apply(new SequencedBatch(new Epoch(1), first, batch.Count, first, batch.Records));
        }
    }
}
