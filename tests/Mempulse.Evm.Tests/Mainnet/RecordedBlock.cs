using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>A mainnet block read from a JSON-RPC response, with senders recovered from the signatures.</summary>
internal sealed class RecordedBlock
{
    public RecordedBlock(byte[] json, ISenderRecovery recovery)
    {
        using var document = JsonDocument.Parse(json);
        Assert.True(RpcBlockReader.TryRead(document.RootElement, out var block, out var failure), failure.Reason);
        Assert.Empty(block.Unknown);
        Assert.Equal(block.ClaimedHash, block.Header.ComputeHash());
        Header = block.Header;
        var fork = MainnetForks.At(Header.Number.Value, Header.TimestampSeconds);
        var reader = new EvmTransactionReader(recovery, new TransactionRules
        {
            Chain = new(MainnetForks.ChainId),
            Malleability = fork < Fork.Homestead ? SignatureMalleability.AnyS : SignatureMalleability.LowSOnly,
        });
        var transactions = block.Transactions.Select(transaction => Read(transaction, reader)).ToList();
        Executable = ExecutableBlock.Of(Header, ForkHistory.Of(fork), MainnetForks.ChainId, transactions) with { Withdrawals = block.Withdrawals ?? [] };
    }

    public BlockHeader Header { get; }

    public ExecutableBlock Executable { get; }

    private static EvmTransaction Read(RpcTransaction transaction, EvmTransactionReader reader)
    {
        var encoded = new ByteBuffer();
        TransactionEncoder.Encode(transaction.Transaction, encoded);
        Assert.True(reader.TryRead(encoded.WrittenSpan, out var read, out var hash, out var failure), $"{transaction.ClaimedHash}: {failure}");
        Assert.Equal(transaction.ClaimedHash, hash);
        return read!;
    }
}
