using Mempulse.Devp2p.Forks;
using Mempulse.Ethereum.Rlp;

namespace Mempulse.Devp2p.Eth;

/// <summary>eth/69: the status has a block range instead of the total difficulty, and receipts have no bloom. EIP-7642.</summary>
internal sealed class Eth69 : EthDialect
{
    public override ulong Version => 69;

    public override int MessageCount => EthCodes.BlockRangeUpdate + 1;

    protected override EthMessage? Read(int code, ReadOnlyMemory<byte> payload, ref RlpReader reader) => code switch
    {
        EthCodes.Status => new EthMessage.Status(ReadStatus(ref reader)),
        EthCodes.BlockRangeUpdate => ReadRange(ref reader),
        _ => base.Read(code, payload, ref reader),
    };

    protected override int Write(EthMessage message, in RlpWriter writer)
    {
        int list = writer.BeginList();
        switch (message)
        {
            case EthMessage.Status { Chain: var status }:
                writer.Write(status.Version);
                writer.Write(status.NetworkId);
                writer.Write(status.Genesis);
                status.ForkId.Encode(writer);
                writer.Write(status.EarliestBlock);
                writer.Write(status.LatestBlock);
                writer.Write(status.Head);
                writer.EndList(list);
                return EthCodes.Status;
            case EthMessage.BlockRangeUpdate range:
                writer.Write(range.Earliest);
                writer.Write(range.Latest);
                writer.Write(range.LatestHash);
                writer.EndList(list);
                return EthCodes.BlockRangeUpdate;
            default:
                return base.Write(message, writer);
        }
    }

    private static EthStatus ReadStatus(ref RlpReader reader)
    {
        int outer = reader.EnterList();
        ulong version = reader.ReadUInt64();
        ulong network = reader.ReadUInt64();
        var genesis = reader.ReadHash();
        var forkId = ForkId.Read(ref reader);
        ulong earliest = reader.ReadUInt64();
        ulong latest = reader.ReadUInt64();
        var head = reader.ReadHash();
        reader.LeaveList(outer);
        return new EthStatus { Version = version, NetworkId = network, Genesis = genesis, ForkId = forkId, EarliestBlock = earliest, LatestBlock = latest, Head = head };
    }

    private static EthMessage.BlockRangeUpdate ReadRange(ref RlpReader reader)
    {
        int outer = reader.EnterList();
        var range = new EthMessage.BlockRangeUpdate(reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadHash());
        reader.LeaveList(outer);
        return range;
    }
}
