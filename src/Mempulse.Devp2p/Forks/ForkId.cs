using System.Buffers.Binary;
using Mempulse.Ethereum.Rlp;

namespace Mempulse.Devp2p.Forks;

/// <summary>The passed forks and the next fork of a chain, in 12 bytes. EIP-2124, EIP-6122.</summary>
/// <param name="Hash">CRC-32 of the genesis hash and the passed forks.</param>
/// <param name="Next">Block number or Unix time of the next known fork; 0 when none is known.</param>
public readonly record struct ForkId(uint Hash, ulong Next)
{
    private const int HashBytes = sizeof(uint);

    /// <summary>Formats "0x07c9462e" and, where a fork is announced, "0x07c9462e next 1764798551".</summary>
    public override string ToString() =>
        Next == 0 ? $"0x{Hash:x8}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"0x{Hash:x8} next {Next}");

    internal void Encode(in RlpWriter writer)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        BinaryPrimitives.WriteUInt32BigEndian(hash, Hash);
        int list = writer.BeginList();
        writer.Write(hash);
        writer.Write(Next);
        writer.EndList(list);
    }

    internal static ForkId Read(ref RlpReader reader)
    {
        int outer = reader.EnterList();
        var hash = reader.ReadFixed(HashBytes);
        ulong next = reader.ReadUInt64();
        reader.LeaveList(outer);
        return reader.Failed ? default : new ForkId(BinaryPrimitives.ReadUInt32BigEndian(hash), next);
    }
}
