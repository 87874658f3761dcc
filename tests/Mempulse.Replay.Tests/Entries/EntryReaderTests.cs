using Mempulse.Primitives;
using Mempulse.Replay.Checkpoints;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Tests.Entries;

/// <summary>The bytes of a checkpoint are validated: the first wrong one is reported by its position, and the last right one is accepted.</summary>
public sealed class EntryReaderTests
{
    private delegate object? Read(ref EntryReader reader);

    [Fact]
    public void A_boolean_is_0_or_1()
    {
        Assert.Equal(false, ReadAll([0], static (ref EntryReader reader) => reader.ReadBoolean()));
        Assert.Equal(true, ReadAll([1], static (ref EntryReader reader) => reader.ReadBoolean()));
        AssertMalformed([2], static (ref EntryReader reader) => reader.ReadBoolean(), "at byte 1: 2 is not a valid boolean: expected 0 or 1.");
    }

    [Fact]
    public void A_count_is_at_most_the_bytes_left()
    {
        Assert.Equal(2, ReadSome([2, 0, 0, 0, 9, 9], static (ref EntryReader reader) => reader.ReadCount()));
        AssertMalformed([3, 0, 0, 0, 9, 9], static (ref EntryReader reader) => reader.ReadCount(), "at byte 4: 3 entries do not fit in the remaining 2 bytes.");
        AssertMalformed([0, 0, 0, 0x80], static (ref EntryReader reader) => reader.ReadCount(), "at byte 4: 2147483648 entries do not fit in the remaining 0 bytes.");
    }

    [Fact]
    public void A_number_is_in_the_range_of_an_int()
    {
        Assert.Equal(int.MaxValue, ReadAll([0xff, 0xff, 0xff, 0x7f], static (ref EntryReader reader) => reader.ReadInt32()));
        AssertMalformed([0, 0, 0, 0x80], static (ref EntryReader reader) => reader.ReadInt32(), "at byte 4: 2147483648 exceeds the limit of 2147483647.");
    }

    [Fact]
    public void A_large_number_has_at_most_32_bytes()
    {
        Assert.Equal(UInt256.MaxValue, ReadAll([32, .. Enumerable.Repeat((byte)0xff, 32)], static (ref EntryReader reader) => reader.ReadUInt256()));
        Assert.Equal(UInt256.Zero, ReadAll([0], static (ref EntryReader reader) => reader.ReadUInt256()));
        AssertMalformed(
            [33, .. new byte[33]], static (ref EntryReader reader) => reader.ReadUInt256(), "at byte 1: 33 is not a valid number size: expected at most 32 bytes.");
    }

    [Fact]
    public void An_enumeration_ends_with_its_last_value()
    {
        Assert.Equal(NonceKnowledge.Chain, ReadAll([2], static (ref EntryReader reader) => reader.ReadEnum(NonceKnowledge.Chain)));
        AssertMalformed([3], static (ref EntryReader reader) => reader.ReadEnum(NonceKnowledge.Chain), "at byte 1: 3 is not a valid enumeration value: expected at most Chain.");
    }

    [Fact]
    public void A_tag_is_the_one_expected() => AssertMalformed([7], static (ref EntryReader reader) => Expect(ref reader, 8), "at byte 1: expected an entry with tag 8, found tag 7.");

    [Fact]
    public void A_value_that_ends_early_is_malformed() =>
        AssertMalformed([1, 2, 3], static (ref EntryReader reader) => reader.ReadUInt32(), "at byte 0: expected 4 bytes, found 3.");

    [Theory]
    [InlineData(1, 2, null)]
    [InlineData(2, 2, "key 2 is not greater than the preceding key 2")]
    [InlineData(2, 1, "key 1 is not greater than the preceding key 2")]
    public void The_keys_of_a_table_rise(byte first, byte second, string? malformed)
    {
        var table = new EntryTable<BlockNumber, Keyed>(new EntryLedger(new TagRange(0x70, 0x70)));
        byte[] bytes = [2, 0, 0, 0, first, second];
        var thrown = Record.Exception(() =>
        {
            var reader = new EntryReader(bytes);
            table.Restore(ref reader, static (ref EntryReader read) => new Keyed(new BlockNumber(read.ReadByte())));
        });

        Assert.Equal(malformed is null, thrown is null);
        Assert.True(malformed is null ? table.Count == 2 : thrown is CheckpointException && thrown.Message.Contains(malformed, StringComparison.Ordinal), thrown?.Message);
    }

    [Theory]
    [InlineData(15, "The checkpoint is truncated: expected at least 16 bytes, found 15.")]
    [InlineData(16, "The checkpoint is damaged: expected hash")]
    public void A_checkpoint_is_at_least_its_hash(int length, string message)
    {
        var refused = Assert.Throws<CheckpointException>(() => CheckpointEnvelope.Unwrap(new byte[length]).Length);

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_before_the_magic_or_after_the_end_are_malformed()
    {
        AssertMalformed([1, 0, 0, 0], static (ref EntryReader reader) => ExpectHeader(ref reader, magic: 2), "at byte 4: 00000001 is not the magic of a checkpoint.");
        AssertMalformed([1], static (ref EntryReader reader) => ExpectEnd(reader), "at byte 0: unexpected bytes after the last entry.");
    }

    private static object? Expect(ref EntryReader reader, byte tag)
    {
        reader.Expect(tag);
        return null;
    }

    private static object? ExpectHeader(ref EntryReader reader, uint magic)
    {
        CheckpointEnvelope.ExpectHeader(ref reader, magic, version: 1);
        return null;
    }

    private static object? ExpectEnd(in EntryReader reader)
    {
        CheckpointEnvelope.ExpectEnd(reader);
        return null;
    }

    private static object? ReadAll(byte[] bytes, Read read)
    {
        var reader = new EntryReader(bytes);
        object? value = read(ref reader);
        Assert.True(reader.AtEnd);
        Assert.Equal(bytes.Length, reader.Position);
        return value;
    }

    private static object? ReadSome(byte[] bytes, Read read)
    {
        var reader = new EntryReader(bytes);
        return read(ref reader);
    }

    private static void AssertMalformed(byte[] bytes, Read read, string message)
    {
        var malformed = Assert.Throws<CheckpointException>(() => ReadSome(bytes, read));
        Assert.Equal($"The checkpoint is malformed {message}", malformed.Message);
    }

    private sealed class Keyed(BlockNumber key) : StateEntry, IKeyed<BlockNumber>
    {
        public BlockNumber Key => key;

        public override byte Tag => 0x70;

        public override void Encode(EntryWriter writer) => writer.Write(key.Value);
    }
}
