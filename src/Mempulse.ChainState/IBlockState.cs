using Mempulse.Evm.State;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.ChainState;

/// <summary>The known part of one block's state; more is fetched on demand. Known values never change.</summary>
/// <remarks>Safe for any thread: simulations may read while others fetch.</remarks>
public interface IBlockState
{
    /// <summary>Returns known values, and "missing" for the rest, without waiting.</summary>
    IStateReader Reader { get; }

    /// <summary>The trust in everything known. It may drop once and never rises.</summary>
    StateTrust Trust { get; }

    /// <summary>The name of the node that serves the state; empty where there is only one.</summary>
    string Source => string.Empty;

    /// <summary>Fetches what the bundle will probably access. The rest is fetched when a run misses it.</summary>
    Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken);

    /// <summary>Fetches state that a run missed.</summary>
    /// <returns>The outcome that ends the simulation (state missing, or refuted by the state root); null if it may continue.</returns>
    Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken);

    /// <summary>Fetches slots of several accounts together; the default fetches one after the other.</summary>
    /// <returns>Why some could not be fetched: state missing, or refuted by the state root; null if all were.</returns>
    async Task<SimOutcome?> FetchSlotsAsync(IReadOnlyList<AccountParts> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        foreach (var parts in wanted)
        {
            foreach (var slot in parts.Slots)
            {
                if (await FetchAsync(new StateGap.OfSlot(parts.Address, slot), cancellationToken).ConfigureAwait(false) is { } failure)
                {
                    return failure;
                }
            }
        }

        return null;
    }
}
