using Mempulse.Features.Book;
using Mempulse.Features.Pools.Cycles;
using Mempulse.Features.Routes;
using Mempulse.Primitives;

namespace Mempulse.Features.Strategies;

/// <summary>Finds the cycles of two and three pools through a moved pool that gain.</summary>
/// <remarks>
/// The moved pool comes first, in the direction that the pending swap made better: it takes what it gave. Whether a cycle of constant product pools may gain follows
/// from its prices. For others three probes tell: without rounding, every input up to about twice the best one gains. Bounded; what is beyond a bound is counted.
/// </remarks>
internal sealed class CycleFinder(PendingTrade trade, IPoolBook book, MovedPool moved, CandidateList found)
{
    /// <summary>Tokens beside those of the moved pool that are looked at.</summary>
    public const int MaxTokens = 512;

    /// <summary>Pools of two tokens that are looked at.</summary>
    public const int MaxPools = 8;

    /// <summary>Cycles that are probed.</summary>
    public const int MaxProbes = 256;

    /// <summary>Probes are these fractions of what the pending swap received, as powers of two.</summary>
    private static readonly int[] s_probeShifts = [12, 6, 2];

    private readonly Address _given = moved.Pool.Tokens[moved.TokenOut];
    private readonly Address _received = moved.Pool.Tokens[moved.TokenIn];
    private readonly CycleLeg[] _probe2 = new CycleLeg[2];
    private readonly CycleLeg[] _probe3 = new CycleLeg[3];
    private int _probes;

    /// <summary>Adds the cycles that gain.</summary>
    /// <param name="amount">What the pending swap received of the moved pool.</param>
    /// <param name="cycles">Receives them, in the order of their pools.</param>
    public void Find(in UInt256 amount, List<GainingCycle> cycles)
    {
        var first = new RouteLeg(moved.Pool, moved.TokenOut, moved.TokenIn);
        var pair = book.PoolsOf(_received, _given);
        int count = Bounded(pair);
        for (int i = 0; i < count; i++)
        {
            if (pair[i].Key != moved.Pool.Key)
            {
                Probe(amount, cycles, first, new RouteLeg(pair[i], pair[i].IndexOf(_received), pair[i].IndexOf(_given)));
            }
        }

        var (near, far) = (book.NeighboursOf(_received), book.NeighboursOf(_given));
        var (fewer, more) = near.Count <= far.Count ? (near, far) : (far, near);
        int looked = 0;
        int at = 0;
        for (int i = 0; i < fewer.Count; i++)
        {
            if (looked == MaxTokens)
            {
                found.LeaveOut(fewer.Count - i);
                return;
            }

            looked++;
            var token = fewer[i];
            if (SortedTokens.Contains(more, token, ref at) && token != _given && token != _received)
            {
                Through(token, amount, cycles, first);
            }
        }
    }

    private void Through(in Address token, in UInt256 amount, List<GainingCycle> cycles, in RouteLeg first)
    {
        var (near, far) = (book.PoolsOf(_received, token), book.PoolsOf(token, _given));
        var (nearCount, farCount) = (Bounded(near), Bounded(far));
        for (int i = 0; i < nearCount; i++)
        {
            var middle = near[i];
            for (int j = 0; j < farCount; j++)
            {
                var last = far[j];
                if (middle.Key != last.Key && middle.Key != moved.Pool.Key && last.Key != moved.Pool.Key)
                {
                    Probe(amount, cycles, first, new RouteLeg(middle, middle.IndexOf(_received), middle.IndexOf(token)), new RouteLeg(last, last.IndexOf(token), last.IndexOf(_given)));
                }
            }
        }
    }

    private int Bounded(IReadOnlyList<BookPool> pools)
    {
        if (pools.Count > MaxPools)
        {
            found.LeaveOut(pools.Count - MaxPools);
        }

        return Math.Min(pools.Count, MaxPools);
    }

    private void Probe(in UInt256 amount, List<GainingCycle> cycles, params ReadOnlySpan<RouteLeg> legs)
    {
        if (_probes == MaxProbes)
        {
            found.LeaveOut(1);
            return;
        }

        _probes++;
        var probe = legs.Length == 2 ? _probe2 : _probe3;
        for (int i = 0; i < legs.Length; i++)
        {
            probe[i] = new CycleLeg(trade.StateOf(legs[i].Pool), legs[i].TokenIn, legs[i].TokenOut);
        }

        var input = UInt256.Zero;
        ulong best = MarginalReturn.TryBound(probe, out ulong bound) ? bound : BestProbe(probe, amount, out input);
        if (best > MarginalReturn.Even)
        {
            cycles.Add(new GainingCycle([.. legs], best, input));
        }
    }

    private static ulong BestProbe(CycleLeg[] cycle, in UInt256 amount, out UInt256 bestInput)
    {
        ulong best = 0;
        bestInput = UInt256.Zero;
        foreach (int shift in s_probeShifts)
        {
            UInt256.ShiftRight(amount, shift, out var input);
            input = input.IsZero ? UInt256.One : input;
            var output = CycleSearch.Output(cycle, input);
            if (output > input && Return(input, output) is var share && share > best)
            {
                (best, bestInput) = (share, input);
            }
        }

        return best;
    }

    /// <summary>What comes back for what goes in, in millionths.</summary>
    private static ulong Return(in UInt256 input, in UInt256 output) =>
        UInt256.TryMultiplyDivide(output, MarginalReturn.Even, input, out var share, out _) && share.FitsUInt64 ? Math.Max(share.LowUInt64, MarginalReturn.Even + 1) : ulong.MaxValue;
}
