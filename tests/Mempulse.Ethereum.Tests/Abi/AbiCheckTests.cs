using CsCheck;
using Mempulse.Ethereum.Abi;

namespace Mempulse.Ethereum.Tests.Abi;

/// <summary>The canonical encoding of any value is recognised, and no other bytes are; readers never leave the bytes, whatever they say.</summary>
public sealed class AbiCheckTests
{
    [Fact]
    public void The_canonical_encoding_of_any_value_is_readable_and_canonical() =>
        AbiSample.Calls.Sample(static call =>
        {
            Assert.Equal(AbiFault.None, Canonical(call.Function, call.Encoding));
            Assert.Equal(AbiFault.None, Readable(call.Function, call.Encoding));
        });

    [Fact]
    public void One_byte_more_or_less_is_not_canonical() =>
        AbiSample.Calls.Sample(static call =>
        {
            Assert.NotEqual(AbiFault.None, Canonical(call.Function, [.. call.Encoding, 0]));
            Assert.True(call.Encoding.Length == 0 || Canonical(call.Function, call.Encoding[..^1]) != AbiFault.None);
        });

    [Fact]
    public void A_flipped_bit_gives_another_value_or_is_not_canonical() =>
        AbiSample.Calls.Where(static call => call.Encoding.Length > 0).Select(Gen.Int[0, int.MaxValue], static (call, bit) => (call, bit)).Sample(static sample =>
        {
            var ((function, encoding), bit) = sample;
            byte[] other = [.. encoding];
            other[bit / 8 % other.Length] ^= (byte)(1 << (bit % 8));

            var fault = Canonical(function, other);

            // If it is still canonical, it is the encoding of another value of the same shape: every structure is where it was.
            Assert.True(fault != AbiFault.None || Readable(function, other) == AbiFault.None);
        });

    [Fact]
    public void Readers_stay_inside_of_any_bytes() =>
        AbiSample.Calls.Select(Gen.Byte.Array[0, 400], static (call, bytes) => (call.Function, bytes)).Sample(static sample =>
        {
            Readable(sample.Function, sample.bytes);
            Canonical(sample.Function, sample.bytes);
        });

    [Theory]
    [InlineData(0, AbiFault.None)]
    [InlineData(1, AbiFault.NotCanonical)] // the tail one word later, with a word between
    public void A_tail_that_does_not_follow_is_readable_and_not_canonical(int gapWords, AbiFault expected)
    {
        var function = AbiFunction.Parse("f(bytes)");
        byte[] encoding = [.. Word((ulong)(32 + (32 * gapWords))), .. new byte[32 * gapWords], .. Word(1), 7, .. new byte[31]];

        Assert.Equal(expected, Canonical(function, encoding));
        Assert.Equal(AbiFault.None, Readable(function, encoding));
    }

    [Theory]
    [InlineData("address", "0000000000000000000000010000000000000000000000000000000000000001")]
    [InlineData("bool", "0000000000000000000000000000000000000000000000000000000000000002")]
    [InlineData("uint8", "0000000000000000000000000000000000000000000000000000000000000100")]
    [InlineData("int8", "0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("int8", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("bytes4", "0102030405000000000000000000000000000000000000000000000000000000")]
    public void A_word_that_does_not_fit_its_type_is_not_canonical(string type, string word) =>
        Assert.Equal(AbiFault.ValueOutOfRange, Canonical(AbiFunction.Parse($"f({type})"), Convert.FromHexString(word)));

    [Fact]
    public void Shared_parts_are_read_up_to_the_bound_and_no_further()
    {
        // Each of 30 arrays holds 30 offsets to the next one: 30^4 parts in 4 KiB.
        var function = AbiFunction.Parse("f(uint256[][][][])");
        var encoding = new List<byte>(Word(32));
        for (int level = 0; level < 3; level++)
        {
            encoding.AddRange(Word(30));
            encoding.AddRange(Enumerable.Repeat(Word(30 * 32), 30).SelectMany(static word => word));
        }

        encoding.AddRange(Word(0));
        int parts = 10_000;
        Assert.True(AbiValue.TryOpen(function.Arguments, encoding.ToArray(), AbiOffsets.Forward, out var value));

        Assert.Equal(AbiFault.TooManyParts, AbiCheck.Readable(value, ref parts));
    }

    [Theory]
    [InlineData(AbiOffsets.Forward, AbiFault.OffsetOutOfRange)]
    [InlineData(AbiOffsets.BothWays, AbiFault.None)]
    public void An_offset_that_points_back_is_read_only_where_the_contract_does(AbiOffsets offsets, AbiFault expected)
    {
        // The second argument is a tuple whose bytes are those of the first argument, before it.
        var function = AbiFunction.Parse("f(bytes a, (bytes b) c)");
        byte[] back = [.. Enumerable.Repeat((byte)0xff, 31), 0xc0]; // -64 from the tuple's start
        byte[] encoding = [.. Word(64), .. Word(128), .. Word(2), 1, 2, .. new byte[30], .. back];
        Assert.True(AbiValue.TryOpen(function.Arguments, encoding, offsets, out var arguments));
        Assert.Equal(AbiFault.None, arguments.ReadMember(1, out var tuple));

        Assert.Equal(expected, tuple.ReadMember(0, out var bytes));
        if (expected == AbiFault.None)
        {
            Assert.Equal(AbiFault.None, bytes.ReadBytes(out var content, out int offset));
            Assert.Equal([1, 2], content.ToArray());
            Assert.Equal(96, offset);
        }
    }

    [Fact]
    public void An_offset_of_64_bits_that_looks_negative_is_out_of_range_for_every_contract()
    {
        var function = AbiFunction.Parse("f(bytes a, (bytes b) c)");
        byte[] back = [.. new byte[24], .. Enumerable.Repeat((byte)0xff, 7), 0xc0];
        byte[] encoding = [.. Word(64), .. Word(128), .. Word(2), 1, 2, .. new byte[30], .. back];
        foreach (var offsets in Enum.GetValues<AbiOffsets>())
        {
            Assert.True(AbiValue.TryOpen(function.Arguments, encoding, offsets, out var arguments));
            Assert.Equal(AbiFault.None, arguments.ReadMember(1, out var tuple));
            Assert.Equal(AbiFault.OffsetOutOfRange, tuple.ReadMember(0, out _));
        }
    }

    [Theory]
    [InlineData(5, AbiFault.None, AbiFault.Truncated)] // readable without its padding
    [InlineData(6, AbiFault.LengthOutOfRange, AbiFault.LengthOutOfRange)]
    public void Bytes_have_at_most_the_length_that_is_left(ulong length, AbiFault readable, AbiFault canonical)
    {
        byte[] encoding = [.. Word(32), .. Word(length), 1, 2, 3, 4, 5];

        Assert.Equal((readable, canonical), (Readable(AbiFunction.Parse("f(bytes)"), encoding), Canonical(AbiFunction.Parse("f(bytes)"), encoding)));
    }

    [Fact]
    public void Padding_that_is_not_zero_is_readable_and_not_canonical()
    {
        byte[] encoding = [.. Word(32), .. Word(1), 7, 1, .. new byte[30]];

        Assert.Equal((AbiFault.None, AbiFault.NotCanonical), (Readable(AbiFunction.Parse("f(bytes)"), encoding), Canonical(AbiFunction.Parse("f(bytes)"), encoding)));
    }

    private static AbiFault Canonical(AbiFunction function, byte[] encoding)
    {
        int parts = int.MaxValue;
        return AbiCheck.Canonical(function.Arguments, encoding, ref parts);
    }

    private static AbiFault Readable(AbiFunction function, byte[] encoding)
    {
        int parts = 1 << 20;
        return AbiValue.TryOpen(function.Arguments, encoding, AbiOffsets.Forward, out var value) ? AbiCheck.Readable(value, ref parts) : AbiFault.Truncated;
    }

    private static byte[] Word(ulong value)
    {
        byte[] word = new byte[32];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(word.AsSpan(24), value);
        return word;
    }
}
