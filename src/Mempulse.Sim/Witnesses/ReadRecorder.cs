using Mempulse.Evm.State;
using Mempulse.Primitives;

namespace Mempulse.Sim.Witnesses;

/// <summary>Forwards reads to another reader and records the values that were found or absent.</summary>
/// <param name="inner">The other reader.</param>
/// <param name="seen">Receives the values.</param>
public sealed class ReadRecorder(IStateReader inner, KnownState seen) : IStateReader
{
    /// <summary>The recorded state.</summary>
    public KnownState Seen { get; } = seen;

    /// <inheritdoc/>
    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        var outcome = inner.ReadAccount(address, out account);
        if (outcome != ReadOutcome.Missing)
        {
            Seen.Add(address, outcome == ReadOutcome.Found ? account : null);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        var outcome = inner.ReadStorage(address, slot, out value);
        if (outcome == ReadOutcome.Found)
        {
            Seen.Add(address, slot, value);
        }

        return outcome;
    }

    /// <inheritdoc/>
    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        var outcome = inner.ReadCode(address, codeHash, out code);
        if (outcome == ReadOutcome.Found && code is not null)
        {
            Seen.Add(code);
        }

        return outcome;
    }

    /// <inheritdoc/>
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
