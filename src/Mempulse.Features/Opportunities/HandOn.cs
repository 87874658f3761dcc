using Mempulse.Features.Scoring;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;

namespace Mempulse.Features.Opportunities;

/// <summary>What the head hands on to simulation, one entry for each purpose, so that advice takes no place from a gain. A new head empties it.</summary>
internal sealed class HandOn(Hash256 head, OppPurpose purpose) : StateEntry
{
    public const byte EntryTag = 0x43;

    private readonly List<OppRank> _ranks = []; // the best, in order

    public override byte Tag => EntryTag;

    /// <summary>The head.</summary>
    public Hash256 Head { get; } = head;

    /// <summary>What the opportunities are for.</summary>
    public OppPurpose Purpose { get; } = purpose;

    /// <summary>How many were handed on.</summary>
    public int Count { get; private set; }

    /// <summary>Ranks an opportunity among those of the head.</summary>
    /// <param name="rank">Its rank.</param>
    /// <param name="budget">How many are handed on.</param>
    /// <param name="above">How many rank above it, as far as they are kept.</param>
    /// <returns>True if it is handed on.</returns>
    public bool TryTake(in OppRank rank, HandOnBudget budget, out int above)
    {
        int index = _ranks.BinarySearch(rank);
        above = index < 0 ? ~index : index;
        if (above >= budget.Ranks || Count >= budget.Opportunities)
        {
            return false;
        }

        if (index < 0)
        {
            _ranks.Insert(above, rank);
            if (_ranks.Count > budget.Ranks)
            {
                _ranks.RemoveAt(budget.Ranks);
            }
        }

        Count++;
        return true;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Head);
        writer.Write((byte)Purpose);
        writer.WriteCount(Count);
        writer.WriteCount(_ranks.Count);
        foreach (var rank in _ranks)
        {
            writer.Write(rank.Score);
            writer.Write(rank.Urgency);
            writer.Write(rank.Id);
        }
    }

    public static HandOn Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var entry = new HandOn(reader.ReadHash(), reader.ReadEnum(OppPurpose.Advice)) { Count = reader.ReadInt32() };
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            var rank = new OppRank(reader.ReadInt64(), reader.ReadInt64(), reader.ReadHash());
            if (entry._ranks.Count > 0 && rank <= entry._ranks[^1])
            {
                throw reader.Malformed("the ranks of opportunities do not rise");
            }

            entry._ranks.Add(rank);
        }

        return entry;
    }
}
