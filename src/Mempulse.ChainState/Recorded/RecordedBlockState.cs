using Mempulse.Evm.State;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.ChainState.Recorded;

/// <summary>One recorded state. What was not recorded stays missing: it is never taken for zero.</summary>
internal sealed class RecordedBlockState(RecordedBlock recorded, string source) : IBlockState
{
    /// <summary>The recording.</summary>
    public RecordedBlock Recorded => recorded;

    /// <inheritdoc/>
    public IStateReader Reader => recorded.State;

    /// <inheritdoc/>
    public StateTrust Trust => StateTrust.Unverified;

    /// <inheritdoc/>
    public string Source => source;

    /// <inheritdoc/>
    public Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken) => Task.FromResult<SimOutcome?>(new SimOutcome.StateMissing(gap));

    /// <inheritdoc/>
    /// <remarks>There is nothing to fetch: the reader has what was recorded, and reports the rest as missing.</remarks>
    public Task<SimOutcome?> FetchSlotsAsync(IReadOnlyList<AccountParts> wanted, CancellationToken cancellationToken) => Task.FromResult<SimOutcome?>(null);
}
