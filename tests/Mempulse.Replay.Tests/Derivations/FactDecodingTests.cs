using CsCheck;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Derivations;

public sealed class FactDecodingTests
{
    /// <summary>Any bytes in place of a body, a sighting or receipts: either the whole event decodes and is applied, or nothing is.</summary>
    [Fact]
    public void A_fact_is_applied_exactly_when_the_whole_event_decodes() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 3], Gen.Int[0, 4]).Sample(
            static (kind, type, tuples, patches, cut) =>
            {
                var engine = ReplayEngine.Create(Scenario.Chain);
                byte[] bytes = Patched(FactOf(kind, type, tuples), patches, cut);
                bool decodes = Decodes(bytes);
                var before = engine.Digest();

                if (decodes)
                {
                    engine.Apply(new RecordView(new GlobalSeq(1), bytes));
                }
                else
                {
                    Assert.Throws<EventDecodeException>(() => engine.Apply(new RecordView(new GlobalSeq(1), bytes)));
                    Assert.Equal((before, GlobalSeq.None), (engine.Digest(), engine.Applied));
                }
            },
            iter: 20_000);

    private static LogEvent FactOf(int kind, int type, int count) => kind switch
    {
        0 => new LogEvent.TxSeen(Named.Tx("a"), SightingVia.HashSubscription),
        1 => Body(type, count),
        _ => Receipts(type, count),
    };

    private static LogEvent.ReceiptsObserved Receipts(int receipts, int logs)
    {
        var log = new TxLog(default, [Hash256.Zero, Hash256.Zero], new byte[40]);
        var receipt = new TxResult(Named.Tx("a"), ExecutionOutcome.Succeeded, new Gas(21_000), [.. Enumerable.Repeat(log, logs)], 1);
        return new LogEvent.ReceiptsObserved(Named.Block("b"), default, 3, IsVerified: true, [.. Enumerable.Repeat(receipt, receipts)]) { Continuation = ReceiptsContinuation.Receipts, FirstLog = 9 };
    }

    private static LogEvent.TxDecoded Body(int type, int tuples)
    {
        var tx = new ScenarioTx("a", "alice", 1)
        {
            Fee = 300,
            Tip = 2,
            Type = (TxType)type,
            Authorizes = [.. Enumerable.Range(0, tuples).Select(i => ($"authority {i}", (ulong)i))],
        };
        return tx.Decoded();
    }

    /// <summary>The record with some bytes of its keys and payload changed, and some cut off its end.</summary>
    private static byte[] Patched(LogEvent fact, (int Offset, byte Value)[] patches, int cut)
    {
        const int lengthPrefix = 4;
        const int fixedSize = 32;
        var batch = new EventBatch(LaneId.Of("fuzz"));
        batch.Add(fact, RecordMeta.Fact(batch.Lane, 1, new UnixNanoseconds(1), SourceId.Of("alpha")));
        byte[] bytes = batch.Records.Span[lengthPrefix..^(lengthPrefix + cut)].ToArray();
        foreach (var (offset, value) in patches)
        {
            bytes[fixedSize + (offset % (bytes.Length - fixedSize))] = value;
        }

        return bytes;
    }

    private static bool Decodes(byte[] bytes)
    {
        try
        {
            return LogEvent.Decode(new RecordView(new GlobalSeq(1), bytes)) is not null;
        }
        catch (EventDecodeException)
        {
            return false;
        }
    }
}
