using System.Formats.Tar;
using System.Text.Json;
using Mempulse.Devp2p.Sessions;
using Mempulse.Devp2p.Tests.Vectors;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.JsonRpc;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using ZstdSharp;

namespace Mempulse.Devp2p.Tests.Interop;

/// <summary>Real transactions of mainnet as pools exchange them; blob transactions with their blobs.</summary>
internal sealed class RealPool : IPoolContent
{
    private const string Blocks = "tests/vectors/mainnet/blocks-rpc.tar.zst";
    private const string Blobs = "tests/vectors/mainnet/blob-pooled-tx.tar.zst";

    private readonly Dictionary<Hash256, PoolTransaction> _content;

    public RealPool(IEnumerable<PoolTransaction> transactions)
    {
        _content = transactions.ToDictionary(tx => tx.Hash);
        All = [.. _content.Values];
    }

    public IReadOnlyList<PoolTransaction> All { get; }

    public bool TryGet(Hash256 hash, out ReadOnlyMemory<byte> body)
    {
        bool isKnown = _content.TryGetValue(hash, out var tx);
        body = tx?.Raw;
        return isKnown;
    }

    /// <summary>Transactions of real blocks, without blobs; distinct.</summary>
    public static RealPool OfBlocks(int count)
    {
        var transactions = new List<PoolTransaction>();
        foreach (byte[] file in Files(Blocks))
        {
            using var json = JsonDocument.Parse(file);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("transactions", out _) && RpcBlockReader.TryRead(json.RootElement, out var block, out _))
            {
                transactions.AddRange(block.Transactions.Where(tx => tx.Transaction.Type != TxType.Blob).Select(Encode));
            }
        }

        return new RealPool(transactions.DistinctBy(tx => tx.Hash).Take(count));
    }

    /// <summary>Blob transactions with their blobs, 128 KiB each and more.</summary>
    public static RealPool OfBlobs()
    {
        var decoder = new TransactionDecoder(SenderRecovery.CreateBest(), TransactionRules.AnyChain);
        var transactions = new List<PoolTransaction>();
        foreach (byte[] file in Files(Blobs))
        {
            if (decoder.TryDecode(file, TxForm.Network, out var tx, out _))
            {
                transactions.Add(new PoolTransaction(tx.ComputeHash(), (byte)tx.Type, file));
            }
        }

        return new RealPool(transactions.DistinctBy(tx => tx.Hash));
    }

    private static PoolTransaction Encode(RpcTransaction tx)
    {
        byte[] raw = TransactionEncoder.Encode(tx.Transaction);
        return new PoolTransaction(Keccak256.Hash(raw), (byte)tx.Transaction.Type, raw);
    }

    private static IEnumerable<byte[]> Files(string archive)
    {
        using var packed = new DecompressionStream(File.OpenRead(DevP2pVectors.FindInCheckout(archive)), leaveOpen: false);
        using var tar = new TarReader(packed);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                using var content = new MemoryStream();
                data.CopyTo(content);
                yield return content.ToArray();
            }
        }
    }
}
