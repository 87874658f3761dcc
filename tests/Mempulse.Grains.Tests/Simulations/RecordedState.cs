using System.Globalization;
using Mempulse.ChainState;
using Mempulse.Ethereum.Blocks;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>The state of one block from a recording: a prestate or a witness. Anything else is missing.</summary>
/// <param name="header">The block.</param>
/// <param name="state">The recorded state; must not be changed any more.</param>
/// <param name="trust">How far the recording can be trusted.</param>
internal sealed class RecordedState(BlockHeader header, KnownState state, StateTrust trust) : IStateProvider, IBlockState
{
    private readonly Hash256 _hash = header.ComputeHash();

    /// <inheritdoc/>
    public IStateReader Reader => state;

    /// <inheritdoc/>
    public StateTrust Trust => trust;

    /// <inheritdoc/>
    public Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken)
    {
        bool isBlock = tag is "latest" or "safe" or "finalized"
            || (Hash256.TryParse(tag, out var hash) && hash == _hash)
            || string.Equals(tag, "0x" + header.Number.Value.ToString("x", CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase);
        return isBlock ? Task.FromResult(header) : throw new StateUnavailableException($"The recording has no block {tag}.");
    }

    /// <inheritdoc/>
    public Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken) =>
        block == _hash ? Task.FromResult<IBlockState>(this) : throw new StateUnavailableException($"The recording has no block {block}.");

    /// <inheritdoc/>
    public Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken) => Task.FromResult<SimOutcome?>(new SimOutcome.StateMissing(gap));
}
