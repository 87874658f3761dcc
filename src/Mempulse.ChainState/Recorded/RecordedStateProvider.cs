using System.Globalization;
using Mempulse.Ethereum.Blocks;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.ChainState.Recorded;

/// <summary>Provides the states that were recorded with a capture, and nothing else. They have no proofs, so they never count as verified.</summary>
/// <remarks>Safe for any thread.</remarks>
public sealed class RecordedStateProvider : IStateProvider
{
    private readonly SortedDictionary<Hash256, RecordedBlockState> _states = [];
    private readonly StateTrust _leastTrust;
    private readonly string _has;

    /// <summary>Provides these states.</summary>
    /// <param name="states">The states.</param>
    /// <param name="leastTrust">The lowest trust that is accepted. With <see cref="StateTrust.Verified"/>, nothing is provided.</param>
    public RecordedStateProvider(RecordedStates states, StateTrust leastTrust)
    {
        ArgumentNullException.ThrowIfNull(states);
        _leastTrust = leastTrust;
        _has = $"States were recorded for {states.Blocks.Count} blocks of capture \"{states.Capture}\".";
        foreach (var block in states.Blocks)
        {
            _states[block.Block.BaseHash] = new RecordedBlockState(block, $"recorded state of {states.Capture}");
        }
    }

    /// <inheritdoc/>
    /// <remarks>Only the hashes of base blocks were recorded, not their headers.</remarks>
    public Task<BlockHeader> HeaderAsync(string tag, CancellationToken cancellationToken) =>
        throw new StateUnavailableException(StateUnavailability.NotRecorded, $"The header of block {tag} was not recorded.");

    /// <inheritdoc/>
    /// <remarks>A bundle runs at the start of the block that was really built on the base block: its time, fees and randomness are known.</remarks>
    public Task<SimBlock> NextAsync(string tag, ChainId chain, CancellationToken cancellationToken) => Task.FromResult(Find(tag).Recorded.Block);

    /// <inheritdoc/>
    public Task<IBlockState> AtAsync(Hash256 block, CancellationToken cancellationToken) => Task.FromResult<IBlockState>(Find(block.ToString()));

    private RecordedBlockState Find(string tag)
    {
        if (_leastTrust == StateTrust.Verified)
        {
            throw new StateUnavailableException(StateUnavailability.NotRecorded, $"The state of block {tag} was recorded without proofs, and only proven state is accepted.");
        }

        if (Hash256.TryParse(tag, out var hash) && _states.TryGetValue(hash, out var state))
        {
            return state;
        }

        if (UInt256.TryParse(tag, out var height) && _states.Values.FirstOrDefault(known => height == known.Recorded.Block.BaseNumber) is { } found)
        {
            return found;
        }

        string bases = string.Join(", ", _states.Values.Select(static known => known.Recorded.Block.BaseNumber).Order().Select(static number => "0x" + number.ToString("x", CultureInfo.InvariantCulture)));
        throw new StateUnavailableException(StateUnavailability.NotRecorded, $"The state of block {tag} was not recorded. {_has} Name one by its hash or height: {bases}.");
    }
}
