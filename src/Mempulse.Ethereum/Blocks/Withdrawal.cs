using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Blocks;

/// <summary>A payment from the beacon chain (EIP-4895).</summary>
/// <param name="Index">Its number over all blocks.</param>
/// <param name="ValidatorIndex">Whose stake it pays.</param>
/// <param name="Recipient">Who receives it.</param>
/// <param name="AmountGwei">How much, in gwei.</param>
public sealed record Withdrawal(ulong Index, ulong ValidatorIndex, Address Recipient, ulong AmountGwei)
{
    /// <summary>Appends the encoding.</summary>
    public void Write(RlpWriter writer)
    {
        int start = writer.BeginList();
        writer.Write(Index);
        writer.Write(ValidatorIndex);
        writer.Write(Recipient);
        writer.Write(AmountGwei);
        writer.EndList(start);
    }

    /// <summary>Reads the withdrawal that must come next; on failure the fields are defaults.</summary>
    public static Withdrawal Read(scoped ref RlpReader reader)
    {
        int outer = reader.EnterList();
        var read = new Withdrawal(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadAddress(), reader.ReadUInt64());
        reader.LeaveList(outer);
        return read;
    }
}
