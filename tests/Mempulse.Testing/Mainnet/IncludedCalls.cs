using System.Formats.Tar;
using System.Text.Json;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using ZstdSharp;

namespace Mempulse.Testing.Mainnet;

/// <summary>The calls of the recorded mainnet blocks, each transaction once, those with receipts first.</summary>
public static class IncludedCalls
{
    /// <summary>All of them, in the order of their blocks.</summary>
    /// <param name="folder">The folder of the archives: tests/vectors/mainnet.</param>
    public static IReadOnlyList<IncludedCall> Load(string folder)
    {
        var calls = new Dictionary<Hash256, IncludedCall>();
        foreach (var call in LoadRlp(folder).Concat(OfArchive(folder, "blocks-with-prestate.tar.zst")).Concat(OfArchive(folder, "blocks-rpc.tar.zst")).Concat(OfArchive(folder, "blocks-with-witness.tar.zst")))
        {
            calls.TryAdd(call.Hash, call);
        }

        return [.. calls.Values.OrderBy(static call => call.Block)];
    }

    /// <summary>Those of the blocks as RLP, with receipts.</summary>
    /// <param name="folder">The folder of the archives.</param>
    public static IEnumerable<IncludedCall> LoadRlp(string folder)
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        using var reader = new StreamReader(new DecompressionStream(File.OpenRead(Path.Combine(folder, "blocks-rlp-receipts69.jsonl.zst")), leaveOpen: false));
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var block = new BlockNumber(json.RootElement.GetProperty("number").GetUInt64());
            if (!BlockBody.TryDecode(Bytes(json.RootElement, "body"), out var body, out var failure))
            {
                throw new InvalidDataException($"Block {block}: {failure}");
            }

            foreach (var (raw, logs) in body.Transactions.Zip(ReadReceipts(Bytes(json.RootElement, "receipts_eth69"))))
            {
                yield return decoder.TryDecode(raw.Span, TxForm.Consensus, out var tx, out _) && decoder.TryRecover(ref tx, out var sender, out _)
                    ? new IncludedCall(tx.ComputeHash(), block, sender, tx.Recipient, tx.Value.Value, tx.Input.ToArray(), logs)
                    : throw new InvalidDataException($"Block {block} has a transaction that does not decode.");
            }
        }
    }

    /// <summary>Receipts as eth/69 sends them: type, status, gas, logs.</summary>
    private static List<IReadOnlyList<TxLog>?> ReadReceipts(byte[] encoded)
    {
        var receipts = new List<IReadOnlyList<TxLog>?>();
        var reader = new RlpReader(encoded);
        int all = reader.EnterList();
        while (reader.HasMore)
        {
            int receipt = reader.EnterList();
            reader.ReadItem();
            bool succeeded = reader.ReadString() is [1];
            reader.ReadItem();
            var logs = ReadLogs(ref reader);
            reader.LeaveList(receipt);
            receipts.Add(succeeded ? logs : null);
        }

        reader.LeaveList(all);
        return reader.Failed ? throw new InvalidDataException($"The receipts do not decode: {reader.Error}.") : receipts;
    }

    private static List<TxLog> ReadLogs(ref RlpReader reader)
    {
        var logs = new List<TxLog>();
        int list = reader.EnterList();
        while (reader.HasMore)
        {
            int log = reader.EnterList();
            var account = reader.ReadAddress();
            var topics = new List<Hash256>();
            int topicList = reader.EnterList();
            while (reader.HasMore)
            {
                topics.Add(reader.ReadHash());
            }

            reader.LeaveList(topicList);
            logs.Add(new TxLog(account, topics, reader.ReadString().ToArray()));
            reader.LeaveList(log);
        }

        reader.LeaveList(list);
        return logs;
    }

    private static List<IncludedCall> OfArchive(string folder, string archive)
    {
        var blocks = new List<RpcBlock>();
        var receipts = new Dictionary<Hash256, IReadOnlyList<TxLog>?>();
        using var tar = new TarReader(new DecompressionStream(File.OpenRead(Path.Combine(folder, archive)), leaveOpen: false));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null || !entry.Name.EndsWith(".json", StringComparison.Ordinal) || entry.Name.Contains("state.json", StringComparison.Ordinal))
            {
                continue;
            }

            using var json = JsonDocument.Parse(entry.DataStream);
            if (entry.Name.Contains("/receipts/", StringComparison.Ordinal))
            {
                foreach (var receipt in json.RootElement.EnumerateArray())
                {
                    receipts.Add(Hash256.Parse(receipt.GetProperty("txHash").GetString()!), Succeeded(receipt) ? [.. receipt.GetProperty("logs").EnumerateArray().Select(ReadLog)] : null);
                }
            }
            else if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("transactions", out _) && RpcBlockReader.TryRead(json.RootElement, out var block, out _))
            {
                blocks.Add(block);
            }
        }

        return [.. blocks.SelectMany(block => block.Transactions.Select(tx => new IncludedCall(
            tx.ClaimedHash,
            block.Header.Number,
            tx.ClaimedSender ?? default,
            tx.Transaction.Recipient,
            tx.Transaction.Value.Value,
            tx.Transaction.Input,
            receipts.GetValueOrDefault(tx.ClaimedHash))))];
    }

    /// <summary>Receipts before Byzantium have no status; a call that failed has no logs.</summary>
    private static bool Succeeded(JsonElement receipt) => !receipt.TryGetProperty("status", out var status) || status.GetInt32() == 1;

    private static TxLog ReadLog(JsonElement log) => new(
        Address.Parse(log[0].GetString()!),
        [.. log[1].EnumerateArray().Select(static topic => Hash256.Parse(topic.GetString()!))],
        Convert.FromHexString(log[2].GetString()!.AsSpan(2)));

    private static byte[] Bytes(JsonElement json, string name) => Convert.FromHexString((json.GetProperty(name).GetString() ?? string.Empty)[2..]);
}
