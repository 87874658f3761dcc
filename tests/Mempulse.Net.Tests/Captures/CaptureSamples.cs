using Mempulse.Net.Captures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Net.Tests.Captures;

/// <summary>Small captures that tests write and read.</summary>
internal static class CaptureSamples
{
    public static readonly Hash256 SomeHash = Hash256.Parse("0x" + new string('1', 64));

    public static CaptureHeader Header { get; } = new()
    {
        Chain = new ChainId(1),
        Title = "golden",
        IsSynthetic = true,
        Label = "Everything here is made.",
        Provenance = "Written by a test.",
        Seed = 42,
        Start = new UnixNanoseconds(1_746_612_263_000_000_000),
        Sources = [new CaptureSource("alpha", "capture:alpha", "made/1"), new CaptureSource("beta", "capture:beta", string.Empty)],
        SuggestedParameters = new FoldParameters { ConfirmationDepthBlocks = 4, ExpirySeconds = 600, RetentionBlocks = 8 },
        SuggestedPacePercent = 600,
    };

    public static LogEvent.BlockObserved Block { get; } = new()
    {
        Hash = Hash256.Parse("0x" + new string('b', 64)),
        Number = new BlockNumber(22_431_080),
        ParentHash = Hash256.Parse("0x" + new string('a', 64)),
        TimestampSeconds = 1_746_612_263,
        BaseFeePerGas = new Wei(1_000_000_007),
        GasUsed = new Gas(21_000),
        GasLimit = new Gas(36_000_000),
        FeeRecipient = Address.Parse("0x" + new string('f', 40)),
        ExcessBlobGas = new Gas(131_072),
        BlobGasUsed = new Gas(0),
        Transactions = [new BlockTx(SomeHash, Address.Parse("0x" + new string('5', 40)), new Nonce(7), ExecutionOutcome.Succeeded, new Gas(21_000), default)],
        AuthorityNonces = [],
    };

    /// <summary>A capture with one entry of each kind.</summary>
    public static byte[] OneOfEach()
    {
        var stream = new MemoryStream();
        using var writer = new CaptureWriter(stream, Header);
        writer.AddSighting(1_000, 0, SomeHash, SightingVia.HashSubscription);
        writer.AddBody(2_000, 1, SomeHash, [0x02, 0xc0], SightingVia.BodySubscription);
        writer.AddFact(2_000, CaptureEntry.NoSource, Block);
        writer.Complete();
        return stream.ToArray();
    }

    public static CaptureReader Read(byte[] bytes) => new(new MemoryStream(bytes), "sample.mpc");

    /// <summary>Every entry, with what identifies it.</summary>
    public static List<(CaptureEntryKind Kind, long Offset, int Source, SightingVia Via, string Content)> ReadAll(byte[] bytes)
    {
        using var reader = Read(bytes);
        var entries = new List<(CaptureEntryKind, long, int, SightingVia, string)>();
        while (reader.TryRead(out var entry))
        {
            entries.Add((entry.Kind, entry.OffsetNanoseconds, entry.SourceIndex, entry.Via, Convert.ToHexStringLower(entry.Content.Span)));
        }

        return entries;
    }
}
