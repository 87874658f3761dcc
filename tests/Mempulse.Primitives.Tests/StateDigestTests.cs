using System.IO.Hashing;
using CsCheck;

namespace Mempulse.Primitives.Tests;

/// <summary>The digest of a set does not depend on order; entries can be added and removed.</summary>
public sealed class StateDigestTests
{
    private static readonly Gen<byte[]> Entry = Gen.Byte.Array[0, 40];

    [Fact]
    public void The_order_of_entries_does_not_matter() => Entry.Array[0, 10].SelectMany(entries => Gen.Shuffle(entries).Select(shuffled => (entries, shuffled))).Sample(pair =>
        Assert.Equal(Of(pair.entries), Of(pair.shuffled)));

    [Fact]
    public void Removing_an_entry_undoes_adding_it() => Gen.Select(Entry.Array[0, 10], Entry).Sample((entries, entry) =>
    {
        var one = StateDigest.OfEntry(entry);

        Assert.Equal(Of(entries), Of(entries).Plus(one).Minus(one));
        Assert.Equal(Of(entries), Of(entries).Minus(one).Plus(one));
    });

    [Fact]
    public void Replacing_an_entry_changes_the_digest() => Gen.Select(Entry.Array[0, 10], Entry, Entry).Sample((entries, before, after) =>
        Assert.Equal(before.AsSpan().SequenceEqual(after), Of([.. entries, before]) == Of([.. entries, after])));

    [Fact]
    public void One_entry_counts_with_its_XxHash128() => Entry.Sample(entry =>
        Assert.Equal(XxHash128.HashToUInt128(entry), StateDigest.OfEntry(entry).Value));

    [Fact]
    public void The_sum_wraps_at_two_to_the_128() =>
        Assert.Equal(StateDigest.Empty, new StateDigest(UInt128.MaxValue).Plus(new StateDigest(1)));

    [Fact]
    public void Text_is_32_hex_digits_and_back() => Gen.Select(Gen.ULong, Gen.ULong).Sample((high, low) =>
    {
        var digest = new StateDigest(new UInt128(high, low));

        Assert.Equal(32, digest.ToString().Length);
        Assert.True(StateDigest.TryParse(digest.ToString(), out var read));
        Assert.Equal(digest, read);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000000000000000000000000000000g")]
    [InlineData("000000000000000000000000000000000")]
    public void Other_text_is_not_a_digest(string? text) => Assert.False(StateDigest.TryParse(text, out _));

    private static StateDigest Of(byte[][] entries) =>
        entries.Aggregate(StateDigest.Empty, (sum, entry) => sum.Plus(StateDigest.OfEntry(entry)));
}
