using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives.Events;

namespace Mempulse.EthereumVectors.Tests.Mainnet;

/// <summary>Real blocks in the JSON of nodes, from Frontier to Osaka: header hash, roots, and every transaction's hash and sender.</summary>
public sealed class RpcBlockTests
{
    private readonly TransactionDecoder _decoder =
        new(SenderRecovery.CreateBest(), new TransactionRules { Malleability = SignatureMalleability.AnyS });

    private readonly int[] _countsByType = new int[(int)TxType.SetCode + 1];

    [Fact]
    public void Blocks_across_forks_and_recent_ones() =>
        CheckAll("mainnet/blocks-rpc.tar.zst", IsRpcBlock, expectedBlocks: 37, expectedTransactions: 5824);

    [Fact]
    public void Blocks_with_prestate() =>
        CheckAll("mainnet/blocks-with-prestate.tar.zst", IsBlock, expectedBlocks: 63, expectedTransactions: 18_637);

    [Fact]
    public void Blocks_with_witness_and_their_parents() =>
        CheckAll("mainnet/blocks-with-witness.tar.zst", name => IsBlock(name) || name.EndsWith("/parent.json", StringComparison.Ordinal), 22, 844);

    private static bool IsBlock(string name) => name.EndsWith("/block.json", StringComparison.Ordinal);

    private static bool IsRpcBlock(string name) => name is not ("recent/storage_proof.json" or "recent/access_list.json" or "recent/code.json");

    private void CheckAll(string archive, Func<string, bool> isBlock, int expectedBlocks, int expectedTransactions)
    {
        int blocks = 0;
        foreach (var file in VectorFolder.Read(archive, isBlock))
        {
            using var json = file.Parse();
            Assert.True(RpcBlockReader.TryRead(json.RootElement, out var block, out var failure), $"{file.Name}: {failure}");
            Check(block, file.Name);
            blocks++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{blocks} blocks, transactions by type: {string.Join(", ", _countsByType)}");
        Assert.Equal((expectedBlocks, expectedTransactions), (blocks, _countsByType.Sum()));
    }

    private void Check(RpcBlock block, string name)
    {
        Assert.True(block.ClaimedHash == block.Header.ComputeHash(), $"{name}: the header's hash differs.");
        Assert.Equal(block.Transactions.Count, block.TransactionHashes.Count);
        var raws = new List<ReadOnlyMemory<byte>>();
        foreach (var transaction in block.Transactions)
        {
            raws.Add(Check(transaction));
        }

        Assert.True(block.Header.TransactionsRoot == BlockRoots.OfTransactions(raws), $"{name}: the transactionsRoot differs.");
        if (block.Header.WithdrawalsRoot is { } withdrawalsRoot)
        {
            Assert.NotNull(block.Withdrawals);
            Assert.True(withdrawalsRoot == BlockRoots.OfWithdrawals(block.Withdrawals), $"{name}: the withdrawalsRoot differs.");
        }
    }

    private byte[] Check(RpcTransaction transaction)
    {
        byte[] raw = TransactionEncoder.Encode(transaction.Transaction);

        Assert.True(_decoder.TryDecode(raw, TxForm.Consensus, out var tx, out var failure), failure.ToString());
        Assert.True(_decoder.TryRecover(ref tx, out var sender, out failure), failure.ToString());

        Assert.Equal(transaction.ClaimedHash, tx.ComputeHash());
        Assert.Equal(transaction.ClaimedSender, sender);
        Assert.Equal(Convert.ToHexString(raw), Convert.ToHexString(TransactionEncoder.Encode(SignedTransaction.From(tx))));
        _countsByType[(int)tx.Type]++;
        return raw;
    }
}
