using Mempulse.Evm.State;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.ChainState;

/// <summary>The state of one block, as far as it is known here; more of it is fetched on demand. What is known never changes.</summary>
/// <remarks>Safe for any thread: any number of simulations read while others fetch.</remarks>
public interface IBlockState
{
    /// <summary>Answers what is known, and "missing" to the rest, at once.</summary>
    IStateReader Reader { get; }

    /// <summary>How far all that is known can be trusted; falls once and never rises.</summary>
    StateTrust Trust { get; }

    /// <summary>Fetches what the bundle will probably look at; whatever this leaves out is fetched when it is missed.</summary>
    Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken);

    /// <summary>Fetches what a simulation missed.</summary>
    /// <returns>The outcome that ends the simulation (missing, or disproved by the state root), or null when it may go on.</returns>
    Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken);
}
