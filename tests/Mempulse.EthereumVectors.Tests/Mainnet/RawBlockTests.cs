using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;

namespace Mempulse.EthereumVectors.Tests.Mainnet;

/// <summary>Real blocks as RLP of header and body.</summary>
public sealed class RawBlockTests
{
    private const string Blocks = "mainnet/blocks-rlp-receipts69.jsonl.zst";

    [Fact]
    public void Header_and_body_decode_hash_and_encode_back()
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.For(new ChainId(1)));
        int transactions = 0;
        foreach (string line in VectorFolder.ReadLines(Blocks))
        {
            using var json = JsonDocument.Parse(line);
            byte[] rawHeader = Bytes(json.RootElement, "header");
            byte[] rawBody = Bytes(json.RootElement, "body");
            Assert.True(HeaderCodec.TryDecode(rawHeader, out var header, out var failure), failure.ToString());
            Assert.True(BlockBody.TryDecode(rawBody, out var body, out failure), failure.ToString());

            Assert.Equal(json.RootElement.GetProperty("hash").GetString(), header.ComputeHash().ToString());
            Assert.Equal(header.TransactionsRoot, BlockRoots.OfTransactions(body.Transactions));
            Assert.Equal(header.OmmersHash, BlockRoots.OfOmmers(body.Ommers));
            Assert.Equal(header.WithdrawalsRoot, body.Withdrawals is null ? null : BlockRoots.OfWithdrawals(body.Withdrawals));
            Assert.Equal(Convert.ToHexString(rawHeader), Convert.ToHexString(Encode(output => HeaderCodec.Encode(header, output))));
            Assert.Equal(Convert.ToHexString(rawBody), Convert.ToHexString(Encode(body.Encode)));
            foreach (var raw in body.Transactions)
            {
                Assert.True(decoder.TryDecode(raw.Span, TxForm.Consensus, out var tx, out var txFailure), txFailure.ToString());
                Assert.True(decoder.TryRecover(ref tx, out _, out txFailure), txFailure.ToString());
                Assert.Equal(Convert.ToHexString(raw.Span), Convert.ToHexString(TransactionEncoder.Encode(SignedTransaction.From(tx))));
                transactions++;
            }
        }

        Assert.Equal(1686, transactions);
    }

    private static byte[] Encode(Action<ByteBuffer> encode)
    {
        var output = new ByteBuffer();
        encode(output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Bytes(JsonElement json, string name) => Convert.FromHexString((json.GetProperty(name).GetString() ?? string.Empty)[2..]);
}
