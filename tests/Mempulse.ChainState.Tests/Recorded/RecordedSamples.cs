using Mempulse.ChainState.Recorded;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;
using Mempulse.Testing.Scenarios;

namespace Mempulse.ChainState.Tests.Recorded;

/// <summary>Small recorded states: a contract whose slot 1 is recorded and whose slot 2 is not.</summary>
internal static class RecordedSamples
{
    public static readonly Address Contract = Named.Account("contract");

    /// <summary>Returns what the slot of its calldata holds: CALLDATALOAD(0) SLOAD, MSTORE(0), RETURN(0, 32).</summary>
    public static readonly byte[] Code = [0x60, 0x00, 0x35, 0x54, 0x60, 0x00, 0x52, 0x60, 0x20, 0x60, 0x00, 0xf3];

    public static RecordedStates States => new(new ChainId(1), "sample", "made by a test", [Block(100), Block(200)]);

    public static RecordedBlock Block(ulong number)
    {
        var state = new KnownState();
        state.Add(Contract, new AccountRecord(7, 1, ContractCode.Of(Code).Hash, HasStorage: true));
        state.Add(Named.Account("sender"), new AccountRecord(Rich, 0, Keccak256.OfNothing, HasStorage: false));
        state.Add(Named.Account("coinbase"), null);
        state.Add(Contract, 1, number);
        state.Add(ContractCode.Of(Code));
        state.Add(number - 1, Named.Block($"before {number}"));
        var block = new SimBlock(Named.Block($"before {number}"), Fork.Cancun, 1, number, 1_710_400_000 + number, Named.Account("coinbase"), 30_000_000, 5, default, Named.Block("random"), 0)
        {
            BaseNumber = number - 1,
            ParentBeaconRoot = Named.Block("beacon"),
            Start = BlockStart.Begun,
        };
        return new RecordedBlock(block, state);
    }

    public static byte[] Bytes(RecordedStates states)
    {
        using var stream = new MemoryStream();
        RecordedStateFile.Write(stream, states);
        return stream.ToArray();
    }

    private static UInt256 Rich => UInt256.FromUInt64(1_000_000_000_000_000_000);
}
