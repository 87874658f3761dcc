using System.Globalization;
using Mempulse.Evm.Recording;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Outcomes.Competition;

/// <summary>Finds what took the place of a bundle in a block that does not have it, by executing the block's begin with the bundle after it, at places chosen by bisection.</summary>
/// <remarks>
/// <para>
/// A block of n transactions has n + 1 places: before each, and at the end. At most log2(n + 2) of them, rounded up, are tried: no more than log2(n) + 1, rounded up, for two or more transactions.
/// </para>
/// <para>
/// What is claimed is only what was executed: the bundle pays right before transaction X and does not pay right after it; or pays at the end; or does not pay at the
/// start. A bundle may pay, not pay and pay again along a block; then the search finds one of the turns, and each of them is true.
/// </para>
/// <para>Confined to one thread; for one question.</para>
/// </remarks>
public sealed class CompetitionSearch
{
    /// <summary>Conflicting slots that are named; the others are counted in the sentence.</summary>
    public const int MostConflicts = 64;

    private readonly EvmExecutor _executor;
    private readonly CompetitionQuestion _question;
    private readonly PlaceTrial.Tried?[] _tried;
    private WorldState? _state;
    private int _executions;

    /// <summary>A search that tried nothing yet.</summary>
    /// <param name="executor">Executes the transactions.</param>
    /// <param name="question">The block and the bundle.</param>
    public CompetitionSearch(EvmExecutor executor, CompetitionQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        (_executor, _question) = (executor, question);
        _tried = new PlaceTrial.Tried?[question.Transactions.Count + 1];
    }

    /// <summary>Searches, or goes on searching, over the state of the block before.</summary>
    public CompetitionAnswer Run(IStateReader state)
    {
        int pays = -1;
        int paysNot = _tried.Length;
        while (paysNot - pays > 1)
        {
            int place = (int)(((uint)(pays + paysNot)) / 2);
            switch (Try(place, state))
            {
                case PlaceTrial.StateMissing missing:
                    return new CompetitionAnswer.StateMissing(missing.Gap);
                case PlaceTrial.Differs differs:
                    return Undecided(differs);
                case PlaceTrial.Tried { Pays: true }:
                    pays = place;
                    break;
                default:
                    paysNot = place;
                    break;
            }
        }

        return pays < 0 ? Nowhere() : paysNot == _tried.Length ? AtTheEnd() : Taken(pays);
    }

    private PlaceTrial Try(int place, IStateReader reader)
    {
        if (_tried[place] is { } known)
        {
            return known;
        }

        _state ??= new WorldState(reader);
        _state.Reset(reader);
        var trial = new PlaceRun(_executor, _question, _state).Run(place);
        if (trial is PlaceTrial.Tried tried)
        {
            _tried[place] = tried;
            _executions++;
        }

        return trial;
    }

    private CompetitionAnswer.Decided Undecided(PlaceTrial.Differs differs) => new(
        CompetitionFinding.Undecided,
        null,
        null,
        _executions,
        default,
        [],
        string.Create(NumberFormatInfo.InvariantInfo, $"The execution does not agree with the block: transaction {differs.Index} {differs.Detail}."));

    private CompetitionAnswer.Decided Nowhere() => new(
        CompetitionFinding.PaysNowhere, null, null, _executions, _tried[0]!.Gain, [], $"At the start of the block the bundle {_tried[0]!.Outcome}.");

    private CompetitionAnswer.Decided AtTheEnd() => new(
        CompetitionFinding.PaysThroughout, null, null, _executions, _tried[^1]!.Gain, [], $"At the end of the block the bundle {_tried[^1]!.Outcome}.");

    private CompetitionAnswer.Decided Taken(int index)
    {
        var (before, after) = (_tried[index]!, _tried[index + 1]!);
        var conflicts = Conflicts(before.Read, after.Before);
        string more = conflicts.Count > MostConflicts
            ? string.Create(NumberFormatInfo.InvariantInfo, $" {conflicts.Count - MostConflicts} more of its slots are written.")
            : string.Empty;
        return new CompetitionAnswer.Decided(
            CompetitionFinding.TakenByTransaction,
            index,
            _question.Transactions[index].Hash,
            _executions,
            before.Gain,
            [.. conflicts.Take(MostConflicts)],
            string.Create(NumberFormatInfo.InvariantInfo, $"Right before transaction {index} the bundle {before.Outcome}; right after it, it {after.Outcome}.{more}"));
    }

    /// <summary>The slots that a transaction changed and the bundle accessed, by contract and slot.</summary>
    private static List<ContractSlot> Conflicts(IReadOnlyList<Prestate> read, Prestate? written)
    {
        SortedSet<(Address Contract, UInt256 Slot)> accessed = [];
        foreach (var account in read.SelectMany(static touched => touched.Accounts))
        {
            foreach (var slot in account.Slots)
            {
                accessed.Add((account.Address, slot.Slot));
            }
        }

        List<ContractSlot> conflicts = [];
        foreach (var account in written?.Accounts ?? [])
        {
            foreach (var slot in account.Slots)
            {
                if (slot.Before != slot.After && accessed.Contains((account.Address, slot.Slot)))
                {
                    conflicts.Add(new ContractSlot(account.Address, new ObservedSlot(slot.Slot, slot.After)));
                }
            }
        }

        return conflicts;
    }
}
