using Mempulse.Devp2p.Forks;
using Mempulse.Ethereum.Rlp;

namespace Mempulse.Devp2p.Eth;

/// <summary>eth/68: transaction announcements carry types and sizes. EIP-5793.</summary>
internal sealed class Eth68 : EthDialect
{
    public override ulong Version => 68;

    public override int MessageCount => EthCodes.Receipts + 1;

    protected override EthMessage? Read(int code, ReadOnlyMemory<byte> payload, ref RlpReader reader) => code switch
    {
        EthCodes.Status => new EthMessage.Status(ReadStatus(ref reader)),
        _ => base.Read(code, payload, ref reader),
    };

    protected override int Write(EthMessage message, in RlpWriter writer)
    {
        if (message is not EthMessage.Status { Chain: var status })
        {
            return base.Write(message, writer);
        }

        int list = writer.BeginList();
        writer.Write(status.Version);
        writer.Write(status.NetworkId);
        writer.Write(status.TotalDifficulty);
        writer.Write(status.Head);
        writer.Write(status.Genesis);
        status.ForkId.Encode(writer);
        writer.EndList(list);
        return EthCodes.Status;
    }

    private static EthStatus ReadStatus(ref RlpReader reader)
    {
        int outer = reader.EnterList();
        ulong version = reader.ReadUInt64();
        ulong network = reader.ReadUInt64();
        var difficulty = reader.ReadUInt256();
        var head = reader.ReadHash();
        var genesis = reader.ReadHash();
        var forkId = ForkId.Read(ref reader);
        reader.LeaveList(outer);
        return new EthStatus { Version = version, NetworkId = network, TotalDifficulty = difficulty, Head = head, Genesis = genesis, ForkId = forkId };
    }
}
