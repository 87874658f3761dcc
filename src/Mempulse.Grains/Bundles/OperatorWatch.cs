using Mempulse.ChainState;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Bundles;

/// <summary>Reads the operator's nonce and balance at each head.</summary>
/// <remarks>Confined to its grain. It remembers what was recorded last, so that only changes are; after a restart the first reading is recorded again.</remarks>
internal sealed class OperatorWatch(Address account)
{
    private LogEvent.AccountStateObserved? _recorded;
    private LogEvent.AccountStateObserved? _latest;

    /// <summary>Reads the account after a block.</summary>
    /// <returns>What is known, or why nothing is, in a sentence.</returns>
    /// <exception cref="StateUnavailableException">No node has the block.</exception>
    public async Task<(LogEvent.AccountStateObserved? Observed, string Problem)> ReadAsync(IStateProvider provider, Hash256 head, BlockNumber number, CancellationToken cancellationToken)
    {
        if (_latest is { } latest && latest.Block == head)
        {
            return (latest, string.Empty);
        }

        var state = await provider.AtAsync(head, cancellationToken).ConfigureAwait(false);
        if (await state.FetchAsync(new StateGap.OfAccount(account), cancellationToken).ConfigureAwait(false) is { } failure)
        {
            return (null, $"The state of the operator {account} cannot be read: {OutcomeText.Of(failure)}");
        }

        var found = state.Reader.ReadAccount(account, out var record);
        if (found is not (ReadOutcome.Found or ReadOutcome.Absent))
        {
            return (null, $"The state of the operator {account} was not returned.");
        }

        bool exists = found == ReadOutcome.Found;
        _latest = new LogEvent.AccountStateObserved(
            account, head, number, new Nonce(exists ? record.Nonce : 0), new Wei(exists ? record.Balance : UInt256.Zero), state.Trust == StateTrust.Verified);
        return (_latest, string.Empty);
    }

    /// <summary>True if the reading says something that the log does not have.</summary>
    public bool IsNews(LogEvent.AccountStateObserved observed) => _recorded is not { } last || (last.Next, last.Balance) != (observed.Next, observed.Balance);

    /// <summary>The reading is in the log.</summary>
    public void Recorded(LogEvent.AccountStateObserved observed) => _recorded = observed;
}
