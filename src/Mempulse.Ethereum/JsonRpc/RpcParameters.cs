using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Parameters of Ethereum's JSON-RPC methods as nodes expect them.</summary>
public static class RpcParameters
{
    /// <summary>A block by its hash (EIP-1898), so that a reorg between two calls cannot mix two states.</summary>
    public static KeyValuePair<string, string> AtBlock(in Hash256 block) => new("blockHash", block.ToString());

    /// <summary>A word as 32 bytes, the one form of a storage slot that every node takes.</summary>
    public static string Word(in UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        return "0x" + Convert.ToHexStringLower(bytes);
    }
}
