using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>The value of an account's leaf in the state trie. Yellow Paper, section 4.1.</summary>
internal readonly record struct AccountLeaf(ulong Nonce, UInt256 Balance, Hash256 StorageRoot, Hash256 CodeHash)
{
    public static bool TryRead(ReadOnlySpan<byte> encoded, out AccountLeaf leaf)
    {
        var reader = new RlpReader(encoded);
        int outer = reader.EnterList();
        leaf = new AccountLeaf(reader.ReadUInt64(), reader.ReadUInt256(), reader.ReadHash(), reader.ReadHash());
        reader.LeaveList(outer);
        reader.ExpectEnd();
        return !reader.Failed;
    }

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
