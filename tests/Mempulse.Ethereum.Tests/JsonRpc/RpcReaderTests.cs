using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Tests.Fuzz;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Tests.JsonRpc;

public sealed class RpcReaderTests
{
    [Fact]
    public void A_block_with_bodies_reads_and_hashes_to_what_the_node_claims()
    {
        var block = ReadBlock(LoadBlock());

        Assert.Equal(block.ClaimedHash, block.Header.ComputeHash());
        Assert.Equal(4, block.Transactions.Count);
        Assert.All(block.Transactions, tx => Assert.Equal(tx.ClaimedHash, Mempulse.Ethereum.Hashing.Keccak256.Hash(TransactionEncoder.Encode(tx.Transaction))));
    }

    [Fact]
    public void A_block_with_hashes_only_has_no_bodies()
    {
        var json = LoadBlock();
        var hashes = json["transactions"]!.AsArray().Select(tx => tx!["hash"]!.GetValue<string>()).ToList();
        json["transactions"] = new JsonArray([.. hashes.Select(hash => (JsonNode)hash)]);

        var block = ReadBlock(json);

        Assert.Equal(hashes, block.TransactionHashes.Select(hash => hash.ToString()));
        Assert.Empty(block.Transactions);
    }

    [Fact]
    public void A_header_without_transactions_reads_in_the_form_of_newHeads()
    {
        var json = LoadBlock();
        json.Remove("transactions");
        json.Remove("withdrawals");
        using var document = JsonDocument.Parse(json.ToJsonString());

        Assert.True(RpcBlockReader.TryReadHeader(document.RootElement, out var header, out var claimed, out var failure), failure.ToString());

        Assert.Equal(claimed, header.ComputeHash());
    }

    [Theory]
    [InlineData("parentHash", "\"0x12\"")]
    [InlineData("parentHash", "null")]
    [InlineData("number", "\"5\"")]
    [InlineData("number", "\"0x\"")]
    [InlineData("number", "-7")]
    [InlineData("gasUsed", "\"0x10000000000000000\"")]
    [InlineData("logsBloom", "\"0x00\"")]
    [InlineData("extraData", "\"0xabc\"")]
    [InlineData("extraData", "\"0xzz\"")]
    [InlineData("nonce", "\"0x00\"")]
    [InlineData("transactions", "{}")]
    public void A_bad_field_is_named(string field, string value)
    {
        var json = LoadBlock();
        json[field] = JsonNode.Parse(value);

        Assert.Equal(field, FailureOf(json).Field);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_bad_field_and_not_an_exception()
    {
        var json = LoadBlock();
        json["number"] = "HERE";
        using var document = JsonDocument.Parse(json.ToJsonString().Replace("HERE", "\\ud800", StringComparison.Ordinal));

        Assert.False(RpcBlockReader.TryRead(document.RootElement, out _, out var failure));

        Assert.Equal("number", failure.Field);
    }

    [Theory]
    [InlineData("type", "0x10000000000000000")]
    [InlineData("chainId", "0x")]
    [InlineData("r", "0x1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("to", "0x00")]
    [InlineData("accessList", "0x")]
    public void A_bad_field_of_a_transaction_is_named_with_its_path(string field, string value)
    {
        var json = LoadBlock();
        TypedTransaction(json)[field] = value;

        Assert.Equal($"transactions.{field}", FailureOf(json).Field);
    }

    [Fact]
    public void A_transaction_of_an_unknown_type_is_listed_with_its_index()
    {
        var json = LoadBlock();
        var tx = TypedTransaction(json);
        int index = json["transactions"]!.AsArray().IndexOf(tx);
        tx["type"] = "0x5";
        using var document = JsonDocument.Parse(json.ToJsonString());

        Assert.True(RpcBlockReader.TryRead(document.RootElement, out var block, out var failure), failure.ToString());

        var unknown = Assert.Single(block.Unknown);
        Assert.Equal((index, block.TransactionHashes[index]), (unknown.Index, unknown.ClaimedHash));
        Assert.Equal(block.TransactionHashes.Count - 1, block.Transactions.Count);
    }

    [Fact]
    public void A_bad_entry_of_a_nested_list_is_named_with_its_path()
    {
        var json = LoadBlock();
        TypedTransaction(json)["accessList"] = JsonNode.Parse("""[{"address": "0x11", "storageKeys": []}]""");

        Assert.Equal("transactions.accessList.address", FailureOf(json).Field);
    }

    [Fact]
    public void A_value_that_is_not_an_object_is_rejected()
    {
        foreach (string text in (string[])["null", "[]", "7", "\"0x\"", "true"])
        {
            using var document = JsonDocument.Parse(text);
            Assert.False(RpcBlockReader.TryRead(document.RootElement, out _, out var blockFailure));
            Assert.False(RpcTransactionReader.TryRead(document.RootElement, out _, out var txFailure));
            Assert.False(RpcReceiptReader.TryRead(document.RootElement, out _, out var receiptFailure));
            Assert.True(blockFailure.IsFailure && txFailure.IsFailure && receiptFailure.IsFailure);
        }
    }

    [Fact]
    public void A_legacy_transaction_of_an_old_node_reads_without_a_type()
    {
        var tx = TransactionOfType(LoadBlock(), "0x0");
        tx.Remove("type");
        using var document = JsonDocument.Parse(tx.ToJsonString());

        Assert.True(RpcTransactionReader.TryRead(document.RootElement, out var read, out var failure), failure.ToString());

        Assert.Equal(TxType.Legacy, read.Transaction.Type);
    }

    [Theory]
    [InlineData("\"0x1\"", ExecutionOutcome.Succeeded)]
    [InlineData("\"0x01\"", ExecutionOutcome.Succeeded)]
    [InlineData("\"0x0\"", ExecutionOutcome.Reverted)]
    [InlineData("null", ExecutionOutcome.Unknown)] // before Byzantium
    public void A_receipt_has_the_status_of_the_transaction(string status, ExecutionOutcome expected)
    {
        string hash = $"\"0x{new string('1', 64)}\"";
        using var document = JsonDocument.Parse($$"""[{"transactionHash": {{hash}}, "blockHash": {{hash}}, "status": {{status}}, "gasUsed": "0x5208"}]""");

        Assert.True(RpcReceiptReader.TryReadAll(document.RootElement, out var receipts, out var failure), failure.ToString());

        var receipt = Assert.Single(receipts);
        Assert.Equal((expected, new Gas(21_000)), (receipt.Outcome, receipt.GasUsed));
    }

    private static JsonObject LoadBlock() => JsonNode.Parse(Corpus.LoadText("block.json")[0])!.AsObject();

    private static JsonObject TypedTransaction(JsonObject block) => TransactionOfType(block, "0x2");

    private static JsonObject TransactionOfType(JsonObject block, string type) =>
        block["transactions"]!.AsArray().First(tx => tx!["type"]!.GetValue<string>() == type)!.AsObject();

    private static RpcBlock ReadBlock(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        Assert.True(RpcBlockReader.TryRead(document.RootElement, out var block, out var failure), failure.ToString());
        return block;
    }

    private static RpcFailure FailureOf(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        Assert.False(RpcBlockReader.TryRead(document.RootElement, out _, out var failure));
        return failure;
    }
}
