using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Tests.Blocks;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Derivations;

/// <summary>The first difference of two records is named, in the order of header, keys and fields, with both values.</summary>
public sealed class RecordTextTests
{
    private const int Framing = 4;
    private const int VersionAt = 2;

    private static readonly RecordText s_text = new(EventCatalog.Core);
    private static readonly LogEvent s_expired = new LogEvent.TxExpired(Named.Tx("a"), TxState.Seen, 5);
    private static readonly LogEvent.BlockObserved s_block = BlockTests.BlockAt(7, "b7", "b6") with { Transactions = [TxAt(1), TxAt(2)] };

    [Fact]
    public void The_version_is_compared() => AssertDifference(("version", "1", "2"), Bytes(s_expired), Patched(Bytes(s_expired), VersionAt, 2));

    [Fact]
    public void The_time_is_compared() => AssertDifference(
        ("time", "1970-01-01T00:00:00.000000001Z", "1970-01-01T00:00:00.000000002Z"), Bytes(s_expired, at: 1), Bytes(s_expired, at: 2));

    [Fact]
    public void The_source_is_compared() => AssertDifference(
        ("source", SourceId.Of("alpha").ToString(), SourceId.Of("beta").ToString()), Bytes(s_expired, source: "alpha"), Bytes(s_expired, source: "beta"));

    [Fact]
    public void A_key_that_only_one_of_them_has_is_nothing_in_the_other()
    {
        byte[] with = Bytes(new Noted(true, EventKey.Tx(Named.Tx("a")), EventKey.Block(Named.Block("b"))));
        byte[] without = Bytes(new Noted(true, EventKey.Tx(Named.Tx("a"))));

        AssertDifference(("block", Named.Block("b").ToString(), "nothing"), with, without);
        AssertDifference(("block", "nothing", Named.Block("b").ToString()), without, with);
    }

    [Fact]
    public void The_bytes_of_a_kind_defined_elsewhere_are_compared() => AssertDifference(("payload", "0x91c2", "0x91c3"), Bytes(new Noted(false)), Bytes(new Noted(true)));

    [Fact]
    public void A_field_is_compared_by_its_text() => AssertDifference(
        ("waitedSeconds", "5", "6"), Bytes(s_expired), Bytes(new LogEvent.TxExpired(Named.Tx("a"), TxState.Seen, 6)));

    [Fact]
    public void A_field_without_a_value_is_nothing()
    {
        var changed = new LogEvent.TxStateChanged(Named.Tx("a"), Named.Account("alice"), TxState.Seen, TxState.Pending, null);

        AssertDifference(("replaces", "nothing", Named.Tx("b").ToString()), Bytes(changed), Bytes(changed with { Replaces = Named.Tx("b") }));
    }

    [Fact]
    public void A_member_of_a_list_is_named_by_its_index() => AssertDifference(
        ("transactions[1].nonce", "2", "3"), Bytes(s_block), Bytes(s_block with { Transactions = [TxAt(1), TxAt(3)] }));

    [Fact]
    public void Lists_of_different_length_are_equal_up_to_their_lengths() => AssertDifference(
        ("transactions.length", "2", "1"), Bytes(s_block), Bytes(s_block with { Transactions = [TxAt(1)] }));

    [Fact]
    public void A_record_that_does_not_decode_is_malformed()
    {
        byte[] cut = Bytes(s_expired)[..^1];

        var (field, expected, actual) = s_text.FirstDifference(View(Bytes(s_expired)), View(cut));

        Assert.Equal(("payload", "well-formed"), (field, expected));
        Assert.Equal($"a malformed TxExpired ({actual})", s_text.Describe(View(cut)));
    }

    [Fact]
    public void A_record_is_described_by_its_name_and_fields_or_by_the_number_of_its_kind()
    {
        Assert.Equal("""TxExpired {"from":"Seen","waitedSeconds":5}""", s_text.Describe(View(Bytes(s_expired))));
        Assert.Equal("a record of kind 1000", s_text.Describe(View(Bytes(new Noted(true)))));
    }

    [Theory]
    [InlineData(DivergenceKind.Missing, "At 9 the log skips event 2 of cause 8: one.")]
    [InlineData(DivergenceKind.Unexpected, "At 9 the log holds event 2 of cause 8, which the fold does not derive: two.")]
    [InlineData(DivergenceKind.Repeated, "At 9 the log holds event 2 of cause 8 again.")]
    [InlineData(DivergenceKind.Different, "At 9, event 2 of cause 8: to differs: expected one, found two.")]
    public void A_divergence_is_one_sentence(DivergenceKind kind, string sentence) =>
        Assert.Equal(sentence, new Divergence(new GlobalSeq(9), kind, new LaneSequence(new GlobalSeq(8), 2), "to", "one", "two").ToString());

    private static void AssertDifference((string Field, string Expected, string Actual) difference, byte[] expected, byte[] actual) =>
        Assert.Equal(difference, s_text.FirstDifference(View(expected), View(actual)));

    private static BlockTx TxAt(ulong nonce) => new(Named.Tx("a"), Named.Account("alice"), new Nonce(nonce), ExecutionOutcome.Succeeded, default, default);

    private static RecordView View(byte[] bytes) => new(new GlobalSeq(1), bytes);

    private static byte[] Bytes(LogEvent logEvent, long at = 1, string source = "alpha")
    {
        var batch = new EventBatch(LaneId.Of("text"));
        batch.Add(logEvent, RecordMeta.Fact(batch.Lane, 1, new UnixNanoseconds(at), SourceId.Of(source)));
        return batch.Records.Span[Framing..^Framing].ToArray();
    }

    private static byte[] Patched(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }

    private sealed record Noted(bool Flag, params EventKey[] With) : LogEvent
    {
        public override EventKind Kind => (EventKind)1_000;

        public override EventKeys Keys => EventKeys.Of(With);

        public override void WriteFields<TFields>(ref TFields fields) => fields.Flag("flag", Flag);
    }
}
