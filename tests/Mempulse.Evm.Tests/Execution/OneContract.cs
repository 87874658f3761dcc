using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Execution;

/// <summary>A state with one contract and one sender.</summary>
internal sealed class OneContract(ContractCode code) : IStateReader
{
    public static Address Sender { get; } = Address.Parse("0x00000000000000000000000000000000005e0de4");

    public static Address Address { get; } = Address.Parse("0x000000000000000000000000000000000000c0de");

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        bool isContract = address == Address;
        account = new AccountRecord(100UL, isContract ? 1UL : 0UL, isContract ? code.Hash : ContractCode.Empty.Hash, false);
        return isContract || address == Sender ? ReadOutcome.Found : ReadOutcome.Absent;
    }

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = default;
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? found)
    {
        found = code;
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = default;
        return ReadOutcome.Found;
    }
}
