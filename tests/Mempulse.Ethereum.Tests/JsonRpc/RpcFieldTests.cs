using System.Text.Json;
using System.Text.Json.Nodes;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Tests.Fuzz;
using Mempulse.Primitives.Events;

namespace Mempulse.Ethereum.Tests.JsonRpc;

/// <summary>Fields that nodes name or write in another way are read, and a field that has no one meaning is named.</summary>
public sealed class RpcFieldTests
{
    private const string Hash = "0x1111111111111111111111111111111111111111111111111111111111111111";

    [Theory]
    [InlineData("gas", "gasLimit")]
    [InlineData("input", "data")]
    [InlineData("yParity", "v")]
    public void A_field_is_read_under_its_other_name(string name, string other)
    {
        var json = Typed();
        var expected = ReadTransaction(json);
        var value = json[name]!.DeepClone();
        json.Remove(name);
        json[other] = value;

        Assert.Equivalent(expected, ReadTransaction(json), strict: true);
        json.Remove(other);
        Assert.Contains(FailureOf(json).Field, (string[])[name, other]);
    }

    [Theory]
    [InlineData("0x1b", 0)]
    [InlineData("0x1c", 0)]
    [InlineData("0x25", 1)]
    [InlineData("0x26", 1)]
    [InlineData("0x1a", null)]
    [InlineData("0x1d", null)]
    [InlineData("0x23", null)]
    [InlineData("0x24", null)]
    public void The_v_of_a_legacy_transaction_is_27_28_or_of_a_chain(string v, int? chain)
    {
        var json = OfType("0x0");
        json["v"] = v;

        if (chain is null)
        {
            Assert.Equal("v", FailureOf(json).Field);
            return;
        }

        var read = ReadTransaction(json);
        Assert.Equal(((ulong)chain, (byte)(v is "0x1b" or "0x25" ? 0 : 1)), (read.Transaction.ChainId.Value, read.Transaction.Signature.YParity));
    }

    [Theory]
    [InlineData("0x1", true)]
    [InlineData("0x2", false)]
    public void The_parity_of_a_typed_transaction_is_a_bit(string parity, bool isRead)
    {
        var json = Typed();
        json["yParity"] = parity;

        Assert.Equal(isRead ? string.Empty : "yParity", FailureOf(json, isRead).Field);
    }

    [Fact]
    public void The_first_bad_field_is_the_one_that_is_named()
    {
        var json = Typed();
        json["r"] = "0x";
        json["value"] = "0x";

        Assert.Equal("r", FailureOf(json).Field);
    }

    [Theory]
    [InlineData("logs", """[{"address":"0x12","topics":[]}]""", "logs.address")]
    [InlineData("logs", """[{"address":"0x2222222222222222222222222222222222222222","topics":["0x12"]}]""", "logs.topics")]
    [InlineData("logs", """[{"address":"0x2222222222222222222222222222222222222222","topics":[],"data":"0x1"}]""", "logs.data")]
    [InlineData("logs", "{}", "logs")]
    [InlineData("status", "\"0x2\"", "status")]
    [InlineData("blockHash", "\"0x12\"", "blockHash")]
    [InlineData("gasUsed", "\"0x10000000000000000\"", "gasUsed")]
    public void A_bad_field_of_a_receipt_is_named_with_its_path(string field, string value, string path)
    {
        var json = new JsonObject { ["transactionHash"] = Hash, [field] = JsonNode.Parse(value) };
        using var document = JsonDocument.Parse($"[{json.ToJsonString()}]");

        Assert.False(RpcReceiptReader.TryReadAll(document.RootElement, out _, out var failure));
        Assert.Equal(path, failure.Field);
    }

    [Fact]
    public void A_receipt_without_optional_fields_claims_nothing()
    {
        using var document = JsonDocument.Parse($$"""{"transactionHash":"{{Hash}}","root":"0x","gasUsed":null,"logs":null}""");

        Assert.True(RpcReceiptReader.TryRead(document.RootElement, out var receipt, out _));

        Assert.Equal((ExecutionOutcome.Unknown, null, null, null, 0), (receipt.Outcome, receipt.StateRoot, receipt.GasUsed, receipt.BlockHash, receipt.Logs.Count));
    }

    [Theory]
    [InlineData("withdrawals", """[{"index":"0x0","validatorIndex":"0x0","address":"0x12","amount":"0x0"}]""", "withdrawals.address")]
    [InlineData("withdrawals", "7", "withdrawals")]
    [InlineData("transactions", """["0x1111111111111111111111111111111111111111111111111111111111111111",7]""", "transactions.")]
    public void A_bad_entry_of_a_blocks_list_is_named_with_its_path(string field, string value, string path)
    {
        var json = Block();
        json[field] = JsonNode.Parse(value);

        Assert.Equal(path, BlockFailure(json).Field);
    }

    [Fact]
    public void A_block_lists_either_hashes_or_transactions()
    {
        var json = Block();
        json["transactions"]!.AsArray().Add(Hash);

        Assert.Equal("transactions", BlockFailure(json).Field);
    }

    [Fact]
    public void A_bad_authorisation_is_named_with_its_path()
    {
        var json = Typed();
        json["type"] = "0x4";
        json["authorizationList"] = JsonNode.Parse($$"""[{"chainId":"0x1","address":"0x12","nonce":"0x0","yParity":"0x0","r":"0x1","s":"0x1"}]""");

        Assert.Equal("authorizationList.address", FailureOf(json).Field);
    }

    [Fact]
    public void Members_that_are_not_known_and_have_a_value_are_reported()
    {
        var json = Block();
        json["laterField"] = "0x12";
        json["anotherField"] = null;

        using var document = JsonDocument.Parse(json.ToJsonString());
        Assert.True(RpcBlockReader.TryRead(document.RootElement, out var block, out _));

        Assert.Equal(["0x12"], block.UnknownMembers);
    }

    private static JsonObject Block() => JsonNode.Parse(Corpus.LoadText("block.json")[0])!.AsObject();

    private static JsonObject Typed() => OfType("0x2");

    private static JsonObject OfType(string type) =>
        Block()["transactions"]!.AsArray().First(tx => tx!["type"]!.GetValue<string>() == type)!.DeepClone().AsObject();

    private static RpcTransaction ReadTransaction(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        Assert.True(RpcTransactionReader.TryRead(document.RootElement, out var read, out var failure), failure.ToString());
        return read;
    }

    private static RpcFailure FailureOf(JsonObject json, bool isRead = false)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        Assert.Equal(isRead, RpcTransactionReader.TryRead(document.RootElement, out _, out var failure));
        return failure;
    }

    private static RpcFailure BlockFailure(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        Assert.False(RpcBlockReader.TryRead(document.RootElement, out _, out var failure));
        return failure;
    }
}
