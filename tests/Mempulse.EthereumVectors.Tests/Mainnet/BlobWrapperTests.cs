using System.Text.Json;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives.Encoding;

namespace Mempulse.EthereumVectors.Tests.Mainnet;

/// <summary>Blob transactions as pools exchange them, in both wrappers.</summary>
public sealed class BlobWrapperTests
{
    private const string Archive = "mainnet/blob-pooled-tx.tar.zst";

    /// <summary>What is wrong with the invalid ones. The last needs a KZG verification, which nothing here does: it decodes.</summary>
    private static readonly Dictionary<string, TxDecodeError> Invalid = new(StringComparer.Ordinal)
    {
        ["7594rlp-invalid_commitment.bin"] = TxDecodeError.CommitmentMismatch,
        ["7594rlp-invalid_modulo.bin"] = TxDecodeError.BlobElement,
        ["7594rlp-invalid_proof.bin"] = TxDecodeError.None,
    };

    private readonly TransactionDecoder _decoder = new(SenderRecovery.CreateBest(), TransactionRules.AnyChain);

    [Fact]
    public void Each_wrapper_decodes_to_its_hash_or_fails_for_its_reason()
    {
        var files = VectorFolder.Read(Archive, _ => true).ToDictionary(file => file.Name, StringComparer.Ordinal);
        using var index = files["index.json"].Parse();
        foreach (var entry in index.RootElement.EnumerateArray())
        {
            string name = entry.GetProperty("file").GetString() ?? string.Empty;
            byte[] raw = files[name].Content;
            var expected = Invalid.GetValueOrDefault(name);

            bool isDecoded = _decoder.TryDecode(raw, TxForm.Network, out var tx, out var failure);

            Assert.Equal((name, expected), (name, failure.Error));
            if (isDecoded)
            {
                Check(raw, tx, entry);
            }
        }

        Assert.Equal(14, index.RootElement.GetArrayLength());
    }

    private void Check(byte[] raw, TransactionView tx, JsonElement entry)
    {
        Assert.Equal(entry.GetProperty("txHash").GetString(), tx.ComputeHash().ToString());
        Assert.Equal(entry.GetProperty("blobs").GetInt32(), tx.BlobCount);
        Assert.Equal(entry.GetProperty("chainId").GetUInt64(), tx.ChainId.Value);
        Assert.True(_decoder.TryRecover(ref tx, out var sender, out _));

        var sidecar = BlobSidecar.From(tx);
        Assert.NotNull(sidecar);
        var again = new ByteBuffer();
        TransactionEncoder.EncodeNetwork(SignedTransaction.From(tx), sidecar, again);
        Assert.True(again.WrittenSpan.SequenceEqual(raw), "The wrapper does not encode back to its bytes.");

        byte[] consensus = tx.Raw.ToArray();
        Assert.True(_decoder.TryDecode(consensus, TxForm.Consensus, out var bare, out var failure), failure.ToString());
        Assert.True(_decoder.TryRecover(ref bare, out var sameSender, out _));
        Assert.Equal(sender, sameSender);
        Assert.True(bare.EncodedSidecar.IsEmpty);
    }
}
