using Mempulse.ChainState;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Grains.Books;

/// <summary>Fetches slots of many contracts together, and says what cannot be had.</summary>
/// <param name="subject">What the contracts are, in a word: a pool, a market.</param>
/// <param name="problems">Receives why something could not be fetched, in sentences that name the source.</param>
internal sealed class SlotFetch(string subject, List<string> problems)
{
    /// <summary>Accounts in one request.</summary>
    private const int MaxAccounts = 64;

    /// <summary>Fetches slots.</summary>
    /// <returns>The accounts whose proofs were refuted.</returns>
    public async Task<List<Address>> FetchAsync(IBlockState state, List<AccountParts> wanted, CancellationToken cancellationToken)
    {
        var refuted = new List<Address>();
        for (int first = 0; first < wanted.Count; first += MaxAccounts)
        {
            var batch = wanted.GetRange(first, int.Min(MaxAccounts, wanted.Count - first));
            while (batch.Count > 0 && await state.FetchSlotsAsync(batch, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                Report(state, failure);
                if (failure is not SimOutcome.StateMismatch mismatch)
                {
                    return refuted;
                }

                refuted.Add(mismatch.Address);
                batch.RemoveAll(parts => parts.Address == mismatch.Address);
            }
        }

        return refuted;
    }

    /// <summary>Reports why something could not be fetched.</summary>
    public void Report(IBlockState state, SimOutcome failure) =>
        problems.Add($"{(state.Source.Length > 0 ? $"Source {state.Source}" : "The source of state")}: {Text(failure)}");

    /// <summary>Reads a slot that was fetched.</summary>
    /// <returns>False if it was not.</returns>
    public static bool TryRead(IBlockState state, in Address contract, in UInt256 slot, out UInt256 value) =>
        state.Reader.ReadStorage(contract, slot, out value) is ReadOutcome.Found or ReadOutcome.Absent;

    private string Text(SimOutcome failure) => failure switch
    {
        SimOutcome.StateMismatch mismatch => $"the state of {subject} {mismatch.Address} was refuted. {mismatch.Detail}",
        SimOutcome.StateMissing missing => $"the state of {subject}s was not returned: {missing.Gap}.",
        _ => $"the state of {subject}s was not returned: {failure.Category}.",
    };
}
