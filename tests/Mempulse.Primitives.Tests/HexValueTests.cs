using CsCheck;
using Mempulse.Primitives.Tests.Events;

namespace Mempulse.Primitives.Tests;

/// <summary>Hashes and addresses as bytes and as text.</summary>
public sealed class HexValueTests
{
    [Fact]
    public void A_hash_survives_bytes_and_text() => EventGen.Hash.Sample(hash =>
    {
        Assert.Equal(hash, new Hash256(hash.ToArray()));
        Assert.Equal(hash, Hash256.Parse(hash.ToString()));
        Assert.Equal(hash, Hash256.Parse(hash.ToString()[2..].ToUpperInvariant()));
        Assert.Equal("0x" + Convert.ToHexStringLower(hash.ToArray()), hash.ToString());
    });

    [Fact]
    public void An_address_survives_bytes_and_text() => EventGen.Account.Sample(address =>
    {
        Assert.Equal(address, new Address(address.ToArray()));
        Assert.Equal(address, Address.Parse(address.ToString()));
        Assert.Equal(address, Address.Parse(address.ToString()[2..].ToUpperInvariant()));
        Assert.Equal("0x" + Convert.ToHexStringLower(address.ToArray()), address.ToString());
    });

    [Fact]
    public void Hashes_are_ordered_as_their_bytes() => Gen.Select(Close(Hash256.Size), Close(Hash256.Size)).Sample((left, right) =>
    {
        var (x, y) = (new Hash256(left), new Hash256(right));

        Assert.Equal(Math.Sign(left.AsSpan().SequenceCompareTo(right)), Math.Sign(x.CompareTo(y)));
        Assert.Equal(x.CompareTo(y) < 0, x < y);
        Assert.Equal(x.CompareTo(y) > 0, x > y);
        Assert.Equal(x.CompareTo(y) <= 0, x <= y);
        Assert.Equal(x.CompareTo(y) >= 0, x >= y);
    });

    [Fact]
    public void Addresses_are_ordered_as_their_bytes() => Gen.Select(Close(Address.Size), Close(Address.Size)).Sample((left, right) =>
    {
        var (x, y) = (new Address(left), new Address(right));

        Assert.Equal(Math.Sign(left.AsSpan().SequenceCompareTo(right)), Math.Sign(x.CompareTo(y)));
        Assert.Equal(x.CompareTo(y) < 0, x < y);
        Assert.Equal(x.CompareTo(y) > 0, x > y);
        Assert.Equal(x.CompareTo(y) <= 0, x <= y);
        Assert.Equal(x.CompareTo(y) >= 0, x >= y);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("0x00000000000000000000000000000000000000")]
    [InlineData("0x000000000000000000000000000000000000000g")]
    [InlineData("0x0x00000000000000000000000000000000000000")]
    [InlineData(" 0000000000000000000000000000000000000000")]
    public void Other_text_is_refused_by_both(string? text)
    {
        Assert.False(Address.TryParse(text, out _));
        Assert.False(Hash256.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Address.Parse(text ?? string.Empty));
        Assert.Throws<FormatException>(() => Hash256.Parse(text ?? string.Empty));
    }

    [Fact]
    public void Other_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Hash256(new byte[31]));
        Assert.Throws<ArgumentException>(() => new Hash256(new byte[33]));
        Assert.Throws<ArgumentException>(() => new Address(new byte[19]));
        Assert.Throws<ArgumentException>(() => new Address(new byte[21]));
    }

    [Fact]
    public void Zero_is_the_default()
    {
        Assert.True(Hash256.Zero.IsZero && default(Hash256) == new Hash256(new byte[32]));
        Assert.True(Address.Zero.IsZero && default(Address) == new Address(new byte[20]));
        Assert.False(Hash256.Parse(new string('0', 63) + "1").IsZero);
        Assert.False(Address.Parse(new string('0', 39) + "1").IsZero);
    }

    /// <summary>Bytes that often differ in only one place.</summary>
    private static Gen<byte[]> Close(int size) => Gen.Select(Gen.Int[0, size - 1], Gen.Byte, (at, value) =>
    {
        byte[] bytes = new byte[size];
        bytes[at] = value;
        return bytes;
    });
}
