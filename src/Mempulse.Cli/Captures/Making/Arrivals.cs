using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Makes synthetic arrivals of transactions, within the range that is common on mainnet.</summary>
/// <remarks>The probabilities are synthetic too, because no one publishes arrival times. They are chosen so that every case of the pool occurs.</remarks>
internal sealed class Arrivals(Timeline timeline, SeededRandom random, int sourceCount)
{
    private const int SeenBySourcePermille = 920;
    private const int PushedBodyPermille = 100;
    private const int SecondBodyPermille = 30;
    private const long LongestPropagation = 400 * Duration.Millisecond;
    private const long LongestFetch = 80 * Duration.Millisecond;
    private const long ShortestFetch = 4 * Duration.Millisecond;
    private const long PoolSnapshotEnd = 400 * Duration.Millisecond;

    /// <summary>Adds a transaction that one source announces first and most others later; the body arrives with the announcement or is fetched.</summary>
    public void Add(long firstSeen, Hash256 hash, byte[] raw)
    {
        int firstSource = (int)random.Below(sourceCount);
        bool isPushed = random.Chance(PushedBodyPermille);
        long bodyAt = isPushed ? firstSeen : firstSeen + ShortestFetch + random.Below(LongestFetch);
        if (isPushed)
        {
            timeline.Body(bodyAt, firstSource, hash, raw, SightingVia.BodySubscription);
        }
        else
        {
            timeline.Sighting(firstSeen, firstSource, hash, ViaAt(firstSeen));
            timeline.Body(bodyAt, firstSource, hash, raw, SightingVia.Unknown);
        }

        for (int source = 0; source < sourceCount; source++)
        {
            if (source != firstSource && random.Chance(SeenBySourcePermille))
            {
                long seenAt = firstSeen + random.Below(LongestPropagation);
                timeline.Sighting(seenAt, source, hash, ViaAt(seenAt));
                AddSecondBody(Math.Max(seenAt, bodyAt), source, hash, raw);
            }
        }
    }

    /// <summary>Adds a hash that is announced before its block and a body that arrives after it.</summary>
    public void AddLate(long firstSeen, long bodyAt, Hash256 hash, byte[] raw)
    {
        int source = (int)random.Below(sourceCount);
        timeline.Sighting(firstSeen, source, hash, ViaAt(firstSeen));
        timeline.Body(bodyAt, source, hash, raw, SightingVia.Unknown);
    }

    private void AddSecondBody(long after, int source, Hash256 hash, byte[] raw)
    {
        if (random.Chance(SecondBodyPermille))
        {
            timeline.Body(after + ShortestFetch, source, hash, raw, SightingVia.Unknown);
        }
    }

    /// <summary>Transactions that are in the pools at the start are found in their snapshots.</summary>
    private static SightingVia ViaAt(long offset) => offset < PoolSnapshotEnd ? SightingVia.PoolSnapshot : SightingVia.HashSubscription;
}
