using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Sim.Witnesses;

/// <summary>Forwards reads to another reader and records the values that were found or absent.</summary>
internal sealed class ReadRecorder(IStateReader inner) : IStateReader
{
    /// <summary>The recorded state.</summary>
    public KnownState Seen { get; } = new();

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        var outcome = inner.ReadAccount(address, out account);
        if (outcome != ReadOutcome.Missing)
        {
            Seen.Add(address, outcome == ReadOutcome.Found ? account : null);
        }

        return outcome;
    }

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        var outcome = inner.ReadStorage(address, slot, out value);
        if (outcome == ReadOutcome.Found)
        {
            Seen.Add(address, slot, value);
        }

        return outcome;
    }

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        var outcome = inner.ReadCode(address, codeHash, out code);
        if (outcome == ReadOutcome.Found && code is not null)
        {
            Seen.Add(code);
        }

        return outcome;
    }

    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        var outcome = inner.ReadBlockHash(number, out hash);
        if (outcome == ReadOutcome.Found)
        {
            Seen.Add(number, hash);
        }

        return outcome;
    }
}
