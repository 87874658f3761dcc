using System.Text.Json;
using Mempulse.Builder.Bundles;
using Mempulse.Builder.Requests;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Primitives;

namespace Mempulse.RelaySim.Requests;

/// <summary>Reads <c>mev_sendBundle</c>, version v0.1, with transactions in its body and no bundles in bundles.</summary>
internal static class MevBundleReader
{
    public static RelayCommand Read(JsonElement given)
    {
        if (!given.TryGetProperty("version"u8, out var version) || version.GetString() != "v0.1"
            || !given.TryGetProperty("inclusion"u8, out var inclusion) || Block(inclusion, "block") is not { } target
            || !given.TryGetProperty("body"u8, out var body) || body.ValueKind != JsonValueKind.Array)
        {
            throw new RequestRefusedException(RequestRefusedException.InvalidParams, "The bundle needs version v0.1, inclusion.block and body.");
        }

        var transactions = new List<BundleTransaction>();
        var reverting = new List<Hash256>();
        foreach (var item in body.EnumerateArray())
        {
            var raw = item.TryGetProperty("tx"u8, out var tx) ? RpcHex.ReadData(tx) : null;
            var transaction = FieldReader.Transaction(raw ?? throw new RequestRefusedException(RequestRefusedException.InvalidParams, "Only transactions are simulated."));
            transactions.Add(transaction);
            if (item.TryGetProperty("canRevert"u8, out var canRevert) && canRevert.ValueKind == JsonValueKind.True)
            {
                reverting.Add(transaction.Hash);
            }
        }

        var bundle = new RelayBundle
        {
            Id = FieldReader.IdOf(transactions, target),
            Transactions = transactions,
            Target = target,
            Reverting = reverting,
            Refund = given.TryGetProperty("validity"u8, out var validity) ? Refund(validity, transactions) : null,
        };
        return new RelayCommand.SendMev(bundle, Block(inclusion, "maxBlock"));
    }

    private static BundleRefund? Refund(JsonElement validity, List<BundleTransaction> transactions)
    {
        if (!validity.TryGetProperty("refund"u8, out var refunds) || refunds.ValueKind != JsonValueKind.Array || refunds.GetArrayLength() != 1)
        {
            return null;
        }

        int index = refunds[0].GetProperty("bodyIdx"u8).GetInt32();
        bool hasRecipient = validity.TryGetProperty("refundConfig"u8, out var config) && config.GetArrayLength() == 1;
        return new BundleRefund
        {
            Percent = refunds[0].GetProperty("percent"u8).GetInt32(),
            Hashes = index >= 0 && index < transactions.Count ? [transactions[index].Hash] : [],
            Recipient = hasRecipient ? Address.Parse(config[0].GetProperty("address"u8).GetString()!) : null,
            Payment = new Wei(UInt256.MaxValue),
        };
    }

    private static BlockNumber? Block(JsonElement inclusion, string name) =>
        inclusion.TryGetProperty(name, out var block) && RpcHex.TryReadUInt64(block, out ulong number) ? new BlockNumber(number) : null;
}
