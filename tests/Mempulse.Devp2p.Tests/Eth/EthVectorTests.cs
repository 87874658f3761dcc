using Mempulse.Devp2p.Eth;
using Mempulse.Devp2p.Tests.Vectors;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Transactions;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Eth;

/// <summary>Messages from other implementations: decoded, and encoded back to the same bytes.</summary>
public sealed class EthVectorTests
{
    private static readonly Dictionary<string, int> Codes = new()
    {
        ["GetBlockHeaders"] = 0x03,
        ["BlockHeaders"] = 0x04,
        ["GetBlockBodies"] = 0x05,
        ["BlockBodies"] = 0x06,
        ["GetPooledTransactions"] = 0x09,
        ["PooledTransactions"] = 0x0a,
        ["GetReceipts"] = 0x0f,
        ["Receipts"] = 0x10,
    };

    [Fact]
    public void Packets_of_EIP_2481_decode_and_encode_back()
    {
        int done = 0;
        int gone = 0;
        foreach (var packet in DevP2pVectors.Items("eth66_messages", "packets"))
        {
            string type = packet.GetProperty("type").GetString()!.Replace("Packet66", string.Empty, StringComparison.Ordinal);
            byte[] bytes = DevP2pVectors.Hex(packet.GetProperty("rlp"));
            if (type is "GetNodeData" or "NodeData")
            {
                // eth/67 removed these two messages.
                Assert.False(EthDialect.Of(68).TryDecode(type == "NodeData" ? 0x0e : 0x0d, bytes, out _, out _));
                gone++;
                continue;
            }

            var message = Assert.IsAssignableFrom<EthMessage.Exchange>(RoundTrip(68, Codes[type], bytes));
            Assert.Equal(1111UL, message.RequestId);
            done++;
        }

        Assert.True(done >= 9 && gone >= 2, $"{done} done, {gone} gone");
    }

    [Fact]
    public void Every_vector_of_reth_decodes_or_is_refused_as_in_reth()
    {
        int count = 0;
        foreach (var vector in DevP2pVectors.Items("reth-eth-wire/", "vectors"))
        {
            string test = vector.GetProperty("test").GetString()!;
            foreach (var hex in vector.GetProperty("hex").EnumerateArray())
            {
                Check(test, DevP2pVectors.Hex(hex));
            }

            count++;
        }

        Assert.InRange(count, 43, int.MaxValue);
    }

    [Fact]
    public void Captured_messages_decode()
    {
        var block = Assert.IsType<EthMessage.NewBlock>(RoundTrip(68, EthCodes.NewBlock, DevP2pVectors.HexFile("reth-eth-wire/new_block_network_rlp.hex")));
        Assert.Equal(163_377, block.Encoded.Length);

        // eth/66 announced hashes without types and sizes; since eth/68 that is malformed.
        byte[] bare = DevP2pVectors.HexFile("reth-eth-wire/new_pooled_transactions_network_rlp.hex");
        Assert.False(EthDialect.Of(68).TryDecode(EthCodes.NewPooledTransactionHashes, bare, out _, out var failure));
        Assert.Equal(RlpError.UnexpectedString, failure.Error);
        var reader = new RlpReader(bare);
        Assert.Equal(896, EthPayload.ReadHashes(ref reader).Length);
    }

    [Fact]
    public void Captured_blob_transactions_come_out_in_network_form()
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        int blobs = 0;
        foreach (string name in (string[])["pooled_transactions_with_blob", "blob_transaction", "rpc_blob_transaction"])
        {
            byte[] bytes = DevP2pVectors.HexFile($"reth-eth-wire/{name}.hex");
            byte[][] bodies = name switch
            {
                // A list of transactions without the request id.
                "pooled_transactions_with_blob" => Bodies(bytes),
                "blob_transaction" => [StringContent(bytes)],
                _ => [bytes],
            };
            foreach (byte[] body in bodies)
            {
                Assert.True(decoder.TryDecode(body, TxForm.Network, out var tx, out var failure), $"{name}: {failure}");
                blobs += tx.BlobCount;
            }
        }

        Assert.Equal(3, blobs);
    }

    private static void Check(string test, byte[] bytes)
    {
        switch (test)
        {
            case "encode_eth69_status_message" or "decode_eth69_status_message":
                Assert.Equal(69UL, Assert.IsType<EthMessage.Status>(RoundTrip(69, EthCodes.Status, bytes)).Chain.Version);
                break;
            case var name when name.EndsWith("status_message", StringComparison.Ordinal):
                Assert.IsType<EthMessage.Status>(RoundTrip(68, EthCodes.Status, bytes));
                break;
            case "request_pair_encode" or "request_pair_decode":
                Assert.IsType<EthMessage.BlockBodies>(RoundTrip(68, EthCodes.BlockBodies, bytes));
                break;
            case "malicious_request_pair_decode":
                Refused(68, EthCodes.BlockBodies, bytes);
                break;
            case "decode_block_bodies_message":
                Assert.IsType<EthMessage.BlockBodies>(RoundTrip(68, bytes[0], bytes[1..]));
                break;
            case "eth_68_tx_hash_roundtrip":
                Assert.IsType<EthMessage.NewPooledTransactionHashes>(RoundTrip(68, EthCodes.NewPooledTransactionHashes, bytes));
                break;
            case "eth_72_tx_hash_roundtrip":
                Refused(69, EthCodes.NewPooledTransactionHashes, bytes); // the cell mask of eth/72 is not in 69
                break;
            case "eth_72_rejects_missing_cell_mask":
                RoundTrip(69, EthCodes.NewPooledTransactionHashes, bytes);
                break;
            case "decode_hash" or "decode_number":
                RoundTrip(68, EthCodes.GetBlockHeaders, HeaderQuery(bytes));
                break;
            case "decode_long_hash" or "decode_long_number":
                Refused(68, EthCodes.GetBlockHeaders, HeaderQuery(bytes));
                break;
            case var name when name.Contains("node_data", StringComparison.Ordinal):
                Refused(68, 0x0d, bytes);
                Refused(69, 0x0e, bytes);
                break;
            case "decode_receipts_69":
                Assert.IsType<EthMessage.Receipts>(RoundTrip(69, EthCodes.Receipts, bytes));
                break;
            default:
                RoundTrip(68, CodeOf(test), bytes);
                break;
        }
    }

    private static int CodeOf(string test) => test[(test.IndexOf('_', StringComparison.Ordinal) + 1)..].Replace("_number", string.Empty, StringComparison.Ordinal).Replace("_network", string.Empty, StringComparison.Ordinal) switch
    {
        "get_pooled_transactions" => EthCodes.GetPooledTransactions,
        "pooled_transactions" => EthCodes.PooledTransactions,
        "get_block_header" => EthCodes.GetBlockHeaders,
        "block_header" => EthCodes.BlockHeaders,
        "get_block_bodies" => EthCodes.GetBlockBodies,
        "block_bodies" => EthCodes.BlockBodies,
        "get_receipts" => EthCodes.GetReceipts,
        "receipts" => EthCodes.Receipts,
        _ => throw new InvalidOperationException($"'{test}' is not a known vector: add it to {nameof(CodeOf)}."),
    };

    private static EthMessage RoundTrip(ulong version, int code, byte[] bytes)
    {
        Assert.True(EthDialect.Of(version).TryDecode(code, bytes, out var message, out var failure), $"{code}: {failure}");
        var output = new ByteBuffer();
        Assert.Equal(code, EthDialect.Of(version).Encode(message!, output));
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(output.WrittenSpan));
        return message!;
    }

    private static void Refused(ulong version, int code, byte[] bytes) =>
        Assert.False(EthDialect.Of(version).TryDecode(code, bytes, out _, out _));

    /// <summary>Encodes [1111, [start, 5, 5, 0]].</summary>
    private static byte[] HeaderQuery(byte[] start)
    {
        var output = new ByteBuffer();
        var writer = new RlpWriter(output);
        int outer = writer.BeginList();
        writer.Write(1111UL);
        int inner = writer.BeginList();
        writer.WriteEncoded(start);
        writer.Write(5UL);
        writer.Write(5UL);
        writer.Write(0UL);
        writer.EndList(inner);
        writer.EndList(outer);
        return output.WrittenSpan.ToArray();
    }

    private static byte[][] Bodies(byte[] bytes)
    {
        var reader = new RlpReader(bytes);
        var bodies = EthPayload.ReadBodies(bytes, ref reader);
        Assert.False(reader.Failed);
        return [.. bodies.Where(body => body.Span[0] == 3).Select(body => body.ToArray())];
    }

    private static byte[] StringContent(byte[] bytes)
    {
        var reader = new RlpReader(bytes);
        return reader.ReadString().ToArray();
    }
}
