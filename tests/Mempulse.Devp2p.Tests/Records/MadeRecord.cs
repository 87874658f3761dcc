using System.Text;
using Mempulse.Devp2p.Keys;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Tests.Records;

/// <summary>Node records of any content under a valid signature, written from EIP-778 and not with the encoder.</summary>
internal static class MadeRecord
{
    /// <summary>Encodes a record with the pairs in the given order; the signature covers <paramref name="signed"/> if given, otherwise the same pairs.</summary>
    public static byte[] Encode(NodeKey key, IReadOnlyList<(string Name, byte[] Item)> pairs, IReadOnlyList<(string Name, byte[] Item)>? signed = null)
    {
        byte[] signature = key.Sign(Keccak256.Hash(List([], signed ?? pairs)).ToArray())[..^1];
        return List(Text(signature), pairs);
    }

    /// <summary>The pairs that a record must have, sorted, with others between them.</summary>
    public static List<(string Name, byte[] Item)> Pairs(NodeKey key, params (string Name, byte[] Item)[] others) =>
    [
        .. new[] { ("id", Text("v4"u8)), ("secp256k1", Text(Secp256k1.Compress(key.Id.ToArray()))) }
            .Concat(others)
            .GroupBy(static pair => pair.Item1)
            .Select(static same => same.Last())
            .OrderBy(static pair => pair.Item1, StringComparer.Ordinal),
    ];

    public static byte[] Text(ReadOnlySpan<byte> bytes)
    {
        var output = new ByteBuffer();
        new RlpWriter(output).Write(bytes);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Number(ulong value)
    {
        var output = new ByteBuffer();
        new RlpWriter(output).Write(value);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] List(byte[] first, IReadOnlyList<(string Name, byte[] Item)> pairs)
    {
        var output = new ByteBuffer();
        var writer = new RlpWriter(output);
        int list = writer.BeginList();
        writer.WriteEncoded(first);
        writer.Write(1UL);
        foreach (var (name, item) in pairs)
        {
            writer.Write(Encoding.ASCII.GetBytes(name));
            writer.WriteEncoded(item);
        }

        writer.EndList(list);
        return output.WrittenSpan.ToArray();
    }
}
