using System.Buffers.Binary;
using System.Text;
using Mempulse.Ethereum.Hashing;
using Mempulse.Primitives;

namespace Mempulse.Builder.Sending;

/// <summary>When each attempt is made: exponential back-off, with jitter from a seed. Pure: the same seed gives the same times, so a log of attempts can be checked.</summary>
public sealed class RetrySchedule
{
    /// <summary>2^30 first delays exceed every longest delay.</summary>
    private const int MaxDoublings = 30;

    private readonly RetryPolicy _policy;

    /// <summary>Creates a schedule.</summary>
    /// <exception cref="ArgumentException">The policy allows no attempt, or its delays are not 0 or more and in order.</exception>
    public RetrySchedule(RetryPolicy policy, ulong seed)
    {
        if (policy.MaxAttempts < 1 || policy.FirstDelay < TimeSpan.Zero || policy.MaxDelay < policy.FirstDelay || policy.MaxDelay > TimeSpan.FromDays(1))
        {
            throw new ArgumentException("The policy is not valid: expected at least one attempt, and delays from 0 up to a day in order.", nameof(policy));
        }

        _policy = policy;
        Seed = seed;
    }

    /// <summary>The seed of the jitter, which is recorded with the first attempt.</summary>
    public ulong Seed { get; }

    /// <summary>Attempts in all.</summary>
    public int MaxAttempts => _policy.MaxAttempts;

    /// <summary>The seed of a bundle's attempts at one relay: different relays are not asked at the same instant, and a replay has the same seed.</summary>
    public static ulong SeedOf(Hash256 bundle, string relay) => BinaryPrimitives.ReadUInt64BigEndian(SeedHashOf(bundle, relay).ToArray());

    /// <summary>The hash with whose first eight bytes the jitter begins; it is recorded with each attempt.</summary>
    public static Hash256 SeedHashOf(Hash256 bundle, string relay)
    {
        ArgumentNullException.ThrowIfNull(relay);
        byte[] name = Encoding.UTF8.GetBytes(relay);
        byte[] bytes = new byte[Hash256.Size + name.Length];
        bundle.CopyTo(bytes);
        name.CopyTo(bytes.AsSpan(Hash256.Size));
        return Keccak256.Hash(bytes);
    }

    /// <summary>How long to wait before an attempt.</summary>
    /// <param name="attempt">Its number; the first is 1.</param>
    /// <param name="asked">How long the relay asked to wait after the attempt before; null if it did not.</param>
    /// <returns>Null if the attempt is not made: there were enough, or the relay asks for too long.</returns>
    public TimeSpan? DelayBefore(int attempt, TimeSpan? asked)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        if (attempt == 1)
        {
            return TimeSpan.Zero;
        }

        if (attempt > _policy.MaxAttempts || asked > _policy.MaxDelay)
        {
            return null;
        }

        var drawn = Drawn(attempt);
        return asked > drawn ? asked : drawn;
    }

    /// <summary>Between half of the doubled delay and all of it: never at once, never twice at the same time.</summary>
    private TimeSpan Drawn(int attempt)
    {
        int doublings = Math.Min(attempt - 2, MaxDoublings);
        long longest = _policy.FirstDelay.Ticks >= _policy.MaxDelay.Ticks >> doublings ? _policy.MaxDelay.Ticks : _policy.FirstDelay.Ticks << doublings;
        long half = longest / 2;
        return TimeSpan.FromTicks(half + (long)(Mix(attempt) % (ulong)(longest - half + 1)));
    }

    /// <summary>SplitMix64 of the seed and the number, so that each attempt's draw is independent of how the others went.</summary>
    private ulong Mix(int attempt)
    {
        unchecked
        {
            ulong state = Seed + ((ulong)attempt * 0x9E3779B97F4A7C15);
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
            return state ^ (state >> 31);
        }
    }
}
