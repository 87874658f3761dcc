using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tests.Fuzz;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Ethereum.Tests.Blocks;

public sealed class HeaderTests
{
    [Fact]
    public void Every_fork_s_optional_fields_round_trip()
    {
        var header = Frontier();
        BlockHeader[] forks =
        [
            header,
            header = header with { BaseFeePerGas = new Wei(7) },
            header = header with { WithdrawalsRoot = new Hash256(Filled(1)) },
            header = header with { BlobGasUsed = new Gas(0), ExcessBlobGas = new Gas(9), ParentBeaconBlockRoot = new Hash256(Filled(2)) },
            header with { RequestsHash = new Hash256(Filled(3)) },
        ];
        foreach (var fork in forks)
        {
            byte[] encoded = Encode(fork);
            Assert.True(HeaderCodec.TryDecode(encoded, out var decoded, out var failure), failure.ToString());
            Assert.Equal(fork with { LogsBloom = default, ExtraData = default }, decoded with { LogsBloom = default, ExtraData = default });
            Assert.Equal(encoded, Encode(decoded));
        }

        Assert.Equal(forks.Length, forks.Select(fork => fork.ComputeHash()).Distinct().Count());
    }

    [Fact]
    public void Every_proper_prefix_is_rejected()
    {
        foreach (byte[] encoded in Corpus.Load("headers.hex"))
        {
            for (int length = 0; length < encoded.Length; length++)
            {
                Assert.False(HeaderCodec.TryDecode(encoded.AsSpan(0, length), out _, out _));
            }
        }
    }

    [Fact]
    public void A_field_of_a_later_fork_is_rejected()
    {
        byte[] encoded = Encode(Frontier() with
        {
            BaseFeePerGas = new Wei(7),
            WithdrawalsRoot = default(Hash256),
            BlobGasUsed = default(Gas),
            ExcessBlobGas = default(Gas),
            ParentBeaconBlockRoot = default(Hash256),
            RequestsHash = default(Hash256),
        });
        var longer = new ByteBuffer();
        var writer = new RlpWriter(longer);
        int start = writer.BeginList();
        writer.WriteEncoded(encoded.AsSpan(3)); // the content after a header of three bytes
        writer.Write(1UL);
        writer.EndList(start);

        Assert.False(HeaderCodec.TryDecode(longer.WrittenSpan, out _, out var failure));

        Assert.Equal(RlpError.TrailingBytes, failure.Error);
    }

    [Fact]
    public void Some_but_not_all_of_a_fork_s_fields_are_rejected()
    {
        // Cancun added three fields at once; no fork has a header that ends after the first of them.
        var cut = new ByteBuffer();
        var writer = new RlpWriter(cut);
        int start = writer.BeginList();
        writer.WriteEncoded(Encode(Frontier() with { BaseFeePerGas = new Wei(7), WithdrawalsRoot = default(Hash256) }).AsSpan(3));
        writer.Write(5UL);
        writer.EndList(start);

        Assert.False(HeaderCodec.TryDecode(cut.WrittenSpan, out _, out var failure));

        Assert.Equal(RlpError.MissingItem, failure.Error);
    }

    private static BlockHeader Frontier() => new()
    {
        ParentHash = new Hash256(Filled(10)),
        OmmersHash = new Hash256(Filled(11)),
        FeeRecipient = new Address(Filled(12).AsSpan(0, Address.Size)),
        StateRoot = new Hash256(Filled(13)),
        TransactionsRoot = new Hash256(Filled(14)),
        ReceiptsRoot = new Hash256(Filled(15)),
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = new UInt256(1, 2, 0, 0),
        Number = new BlockNumber(123),
        GasLimit = new Gas(5000),
        GasUsed = new Gas(0),
        TimestampSeconds = 1_438_269_988,
        ExtraData = new byte[] { 1, 2, 3 },
        MixHash = new Hash256(Filled(16)),
        PowNonce = 0x42,
    };

    private static byte[] Filled(byte value) => [.. Enumerable.Repeat(value, Hash256.Size)];

    private static byte[] Encode(BlockHeader header)
    {
        var output = new ByteBuffer();
        HeaderCodec.Encode(header, output);
        return output.WrittenSpan.ToArray();
    }
}
