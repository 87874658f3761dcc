using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.Blocks;

/// <summary>A payment from the beacon chain (EIP-4895).</summary>
/// <param name="Index">Its number, counted over all blocks.</param>
/// <param name="ValidatorIndex">The validator whose balance is paid out.</param>
/// <param name="Recipient">The account that receives it.</param>
/// <param name="AmountGwei">The amount in gwei.</param>
public sealed record Withdrawal(ulong Index, ulong ValidatorIndex, Address Recipient, ulong AmountGwei)
{
    /// <summary>Appends the withdrawal's encoding.</summary>
    public void Write(RlpWriter writer)
    {
        int start = writer.BeginList();
        writer.Write(Index);
        writer.Write(ValidatorIndex);
        writer.Write(Recipient);
        writer.Write(AmountGwei);
        writer.EndList(start);
    }

    /// <summary>Reads the withdrawal that must come next; after a failure the remaining fields are defaults.</summary>
    public static Withdrawal Read(scoped ref RlpReader reader)
    {
        int outer = reader.EnterList();
        var read = new Withdrawal(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadAddress(), reader.ReadUInt64());
        reader.LeaveList(outer);
        return read;
    }
}
