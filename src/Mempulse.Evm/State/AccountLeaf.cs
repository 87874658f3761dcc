using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>The value of an account's leaf in the state trie. Yellow Paper, section 4.1.</summary>
/// <param name="Nonce">Number of transactions sent, or of contracts created.</param>
/// <param name="Balance">In wei.</param>
/// <param name="StorageRoot">Root of the storage trie.</param>
/// <param name="CodeHash">Keccak-256 of the code.</param>
public readonly record struct AccountLeaf(ulong Nonce, UInt256 Balance, Hash256 StorageRoot, Hash256 CodeHash)
{
    /// <summary>Decodes a leaf that fills <paramref name="encoded"/>.</summary>
    /// <returns>False if the encoding is not canonical.</returns>
    public static bool TryRead(ReadOnlySpan<byte> encoded, out AccountLeaf leaf)
    {
        var reader = new RlpReader(encoded);
        int outer = reader.EnterList();
        leaf = new AccountLeaf(reader.ReadUInt64(), reader.ReadUInt256(), reader.ReadHash(), reader.ReadHash());
        reader.LeaveList(outer);
        reader.ExpectEnd();
        return !reader.Failed;
    }

    /// <summary>Appends the leaf's list.</summary>
    public void Write(RlpWriter writer)
    {
        int start = writer.BeginList();
        writer.Write(Nonce);
        writer.Write(Balance);
        writer.Write(StorageRoot);
        writer.Write(CodeHash);
        writer.EndList(start);
    }
}
