using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Observations;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Reasons;

/// <summary>The bytes of a standing, so that a question can be asked again without the fold. Keep in sync with docs/formats/case-file.md.</summary>
public static class TxStandingCodec
{
    /// <summary>Appends a standing to a buffer.</summary>
    public static void Write(ByteBuffer buffer, TxStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        var fields = new PayloadWriter(buffer);
        fields.Hash("hash", standing.Hash);
        fields.Number("chain", standing.Chain.Value);
        fields.Number("asOf", standing.AsOf.Value);
        fields.Number("now", Of(standing.Now));
        fields.Number("confirmationDepthBlocks", standing.Parameters.ConfirmationDepthBlocks);
        fields.Number("expirySeconds", standing.Parameters.ExpirySeconds);
        fields.NullableNumber("headNumber", standing.Head?.Number.Value);
        fields.Hash("headHash", standing.Head?.Hash ?? default);
        fields.Number("headTimestampSeconds", standing.Head?.TimestampSeconds ?? 0);
        WriteList(ref fields, "abandoned", standing.Abandoned, static left => new AbandonedFields(left));
        fields.Code("state", standing.State);
        WriteList(ref fields, "tx", Optional(standing.Tx), static tx => new PoolTxFields(tx));
        WriteList(ref fields, "rival", Optional(standing.Rival), static tx => new PoolTxFields(tx));
        WriteList(ref fields, "account", Optional(standing.Account), static account => new AccountFields(account));
        WriteList(ref fields, "earlier", standing.Earlier, static tx => new PoolTxFields(tx));
        fields.Flag("hasMoreEarlier", standing.HasMoreEarlier);
        WriteList(ref fields, "bids", standing.Bids, static bids => new BlockBidsFields(bids));
        WriteList(ref fields, "sources", standing.Sources, static source => new SourceFields(source));
        fields.Number("gapsCompleteSince", Of(standing.Gaps.CompleteSince));
        fields.Flag("isBlind", standing.Gaps.IsBlind);
        WriteList(ref fields, "gaps", standing.Gaps.Gaps, static gap => new GapFields(gap));
        fields.Flag("areGapsCut", standing.Gaps.IsCut);
        fields.End();
    }

    /// <summary>Reads a standing.</summary>
    /// <exception cref="EventDecodeException">The bytes are not those of a standing.</exception>
    public static TxStanding Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new PayloadReader(bytes);
        return new TxStanding
        {
            Hash = fields.Hash(),
            Chain = new ChainId(fields.Number()),
            AsOf = new GlobalSeq(fields.Number()),
            Now = Time(fields.Number()),
            Parameters = new FoldParameters { ConfirmationDepthBlocks = fields.Number(), ExpirySeconds = fields.Number() },
            Head = ReadHead(ref fields),
            Abandoned = fields.List(AbandonedFields.Read),
            State = (TxState)fields.Code(),
            Tx = ReadOptional(ref fields, PoolTxFields.Read),
            Rival = ReadOptional(ref fields, PoolTxFields.Read),
            Account = ReadOptional(ref fields, AccountFields.Read),
            Earlier = fields.List(PoolTxFields.Read),
            HasMoreEarlier = fields.Flag(),
            Bids = fields.List(BlockBidsFields.Read),
            Sources = fields.List(SourceFields.Read),
            Gaps = ReadGaps(ref fields),
        };
    }

    /// <summary>Times can be before 1970 when a clock is wrong: the two's complement.</summary>
    internal static ulong Of(UnixNanoseconds time) => unchecked((ulong)time.Value);

    internal static UnixNanoseconds Time(ulong number) => new(unchecked((long)number));

    private static ChainHead? ReadHead(ref PayloadReader fields)
    {
        var (number, hash, timestamp) = (fields.NullableNumber(), fields.Hash(), fields.Number());
        return number is { } height ? new ChainHead(new BlockNumber(height), hash, timestamp) : null;
    }

    private static GapReport ReadGaps(ref PayloadReader fields)
    {
        var (since, isBlind) = (Time(fields.Number()), fields.Flag());
        var gaps = fields.List(GapFields.Read);
        return new GapReport(since, isBlind, gaps, fields.Flag());
    }

    private static IReadOnlyList<T> Optional<T>(T? value)
        where T : class => value is null ? [] : [value];

    private static T? ReadOptional<T>(ref PayloadReader fields, ItemReader<T> read)
        where T : class => fields.List(read) is [var value, ..] ? value : null;

    private static void WriteList<T, TFields>(ref PayloadWriter fields, string name, IReadOnlyList<T> values, Func<T, TFields> of)
        where TFields : IFieldGroup
    {
        fields.BeginList(name, values.Count);
        foreach (var value in values)
        {
            fields.Item(of(value));
        }

        fields.EndList();
    }
}
