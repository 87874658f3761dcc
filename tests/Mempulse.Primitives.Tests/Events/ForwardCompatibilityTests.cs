using CsCheck;
using Mempulse.Primitives.Events;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Old code reads new payloads and new code reads old ones.</summary>
public sealed class ForwardCompatibilityTests
{
    // A map, an array, a float, an extension, a text and nil: what a later version might add.
    private static readonly byte[] LaterKeys = Convert.FromHexString("8101a161" + "9201c0" + "cb3ff0000000000000" + "d40700" + "a3616263" + "c0");

    private const int LaterKeyCount = 6;

    [Fact]
    public void Fields_of_a_later_version_are_skipped() => EventGen.Any.Sample(written =>
    {
        byte[] record = EncodedEvent.Record(written);
        byte[] values = EncodedEvent.Values(record, out int count);

        // A later version writes nil for a trailing key that this version omits, before its own keys.
        byte[] leftOut = written is LogEvent.ReceiptsObserved { Continuation: ReceiptsContinuation.Unstated } or LogEvent.OppInvalidated { Rules: "" } or LogEvent.OppReopened { Rules: "" } or LogEvent.OppExpired { Rules: "" } ? [0xc0, 0xc0]
            : written is LogEvent.ReceiptsObserved { FirstLog: 0 } or LogEvent.SimCompleted { StepsDigest: null }
            or LogEvent.TxIngestDropped { SpanNanoseconds: 0 }
            or LogEvent.OppDetected { Before.Count: 0 }
            or LogEvent.MarketObserved { Answers.Count: 0 }
            or LogEvent.BlockObserved { Unverified: UnverifiedParts.None }
            or LogEvent.EpochStarted { Parameters.FeeBumpRule: FeeBumpRule.ExactFraction }
            ? [0xc0]
            : [];

        var read = EncodedEvent.Decode(EncodedEvent.WithPayload(
            record, [.. EncodedEvent.ArrayHeader(count + leftOut.Length + LaterKeyCount), .. values, .. leftOut, .. LaterKeys]))!;

        Assert.Equal(record, EncodedEvent.Record(read));
    });

    [Fact]
    public void Missing_keys_take_the_same_default_as_nil() => EventGen.Any.Sample(written =>
    {
        byte[] record = EncodedEvent.Record(written);
        EncodedEvent.Values(record, out int count);
        byte[] nils = [.. Enumerable.Repeat((byte)0xc0, count)];

        var missing = EncodedEvent.Decode(EncodedEvent.WithPayload(record, EncodedEvent.ArrayHeader(0)))!;
        var nil = EncodedEvent.Decode(EncodedEvent.WithPayload(record, [.. EncodedEvent.ArrayHeader(count), .. nils]))!;

        Assert.Equal(EncodedEvent.Record(missing), EncodedEvent.Record(nil));
        Assert.Equal(written.Keys, missing.Keys);
    });

    [Fact]
    public void An_epoch_without_parameters_has_the_documented_ones()
    {
        var written = new LogEvent.EpochStarted(new Epoch(3), new ChainId(1), "node", new FoldParameters { RetentionBlocks = 1 });

        var read = (LogEvent.EpochStarted)Emptied(written);

        // A log of before the rule was stated was folded with exact fractions.
        Assert.Equal(new FoldParameters { FeeBumpRule = FeeBumpRule.ExactFraction }, read.Parameters);
        Assert.Equal(string.Empty, read.Writer);
    }

    [Fact]
    public void A_transaction_without_a_receipt_has_an_unknown_outcome()
    {
        var included = (LogEvent.TxIncluded)Emptied(new LogEvent.TxIncluded(default, default, default, TxState.Pending, default, 3, ExecutionOutcome.Reverted));

        Assert.Equal(ExecutionOutcome.Unknown, included.Outcome);
    }

    [Fact]
    public void Optional_values_are_absent_when_missing()
    {
        var changed = (LogEvent.TxStateChanged)Emptied(new LogEvent.TxStateChanged(default, default, TxState.Seen, TxState.Pending, Hash256.Zero));

        Assert.Null(changed.Replaces);
        Assert.Equal(TxState.Unknown, changed.To);
    }

    private static LogEvent Emptied(LogEvent written) =>
        EncodedEvent.Decode(EncodedEvent.WithPayload(EncodedEvent.Record(written), EncodedEvent.ArrayHeader(0)))!;
}
