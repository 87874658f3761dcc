using CsCheck;
using Mempulse.Devp2p.Eth;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Eth;

/// <summary>The decoders on random and damaged bytes. CsCheck prints the seed of a failure.</summary>
public sealed class EthFuzzTests
{
    private static readonly Gen<Hash256> Hash = Gen.Byte.Array[32].Select(bytes => new Hash256(bytes));

    private static readonly Gen<EthMessage> Announcement = Gen.Select(Gen.Byte[0, 4], Gen.UInt, Hash).Array[0, 40].Select(EthMessage (entries) =>
        new EthMessage.NewPooledTransactionHashes(
            entries.Select(entry => entry.Item1).ToArray(), entries.Select(entry => entry.Item2).ToArray(), entries.Select(entry => entry.Item3).ToArray()));

    private static readonly Gen<EthMessage> Request = Gen.Select(Gen.ULong, Hash.Array[0, 30]).Select(EthMessage (pair) => new EthMessage.GetPooledTransactions(pair.Item1, pair.Item2));

    [Fact]
    public void Random_bytes_are_refused_or_read_and_never_throw() => Gen.Select(Gen.Int[0, 0x14], Gen.Byte.Array[0, 200]).Sample(
        sample =>
        {
            foreach (var dialect in EthDialect.Supported)
            {
                _ = dialect.TryDecode(sample.Item1, sample.Item2, out _, out _);
            }
        },
        iter: 50_000);

    [Fact]
    public void A_damaged_message_is_refused_or_read_and_never_throws() => Gen.Select(Gen.OneOf(Announcement, Request), Gen.Int[0, 100_000], Gen.Byte).Sample(
        sample =>
        {
            byte[] bytes = Encode(sample.Item1, out int code);
            int at = sample.Item2 % bytes.Length;
            bytes[at] = sample.Item3;
            _ = EthDialect.Of(68).TryDecode(code, bytes, out _, out _);
            _ = EthDialect.Of(68).TryDecode(code, bytes.AsMemory(0, at), out _, out _);
        },
        iter: 20_000);

    [Fact]
    public void Every_prefix_of_a_message_is_refused() => Gen.OneOf(Announcement, Request).Sample(
        message =>
        {
            byte[] bytes = Encode(message, out int code);
            for (int length = 0; length < bytes.Length; length++)
            {
                Assert.False(EthDialect.Of(69).TryDecode(code, bytes.AsMemory(0, length), out _, out _));
            }

            Assert.True(EthDialect.Of(69).TryDecode(code, bytes, out _, out _));
        },
        iter: 200);

    [Fact]
    public void A_million_nested_lists_neither_overflow_the_stack_nor_take_memory()
    {
        byte[] bomb = new byte[1_000_000];
        Array.Fill(bomb, (byte)0xc1);
        bomb[^1] = 0xc0;
        long before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var dialect in EthDialect.Supported)
        {
            for (int code = 0; code < dialect.MessageCount; code++)
            {
                _ = dialect.TryDecode(code, bomb, out _, out _);
            }
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_list_longer_than_its_limit_is_refused()
    {
        var tooMany = new EthMessage.GetPooledTransactions(1, new Hash256[EthLimits.MaxRequestedHashes + 1]);
        byte[] bytes = Encode(tooMany, out int code);

        Assert.False(EthDialect.Of(68).TryDecode(code, bytes, out _, out _));
    }

    private static byte[] Encode(EthMessage message, out int code)
    {
        var output = new ByteBuffer();
        code = EthDialect.Of(68).Encode(message, output);
        return output.WrittenSpan.ToArray();
    }
}
