using System.Globalization;

namespace Mempulse.ChainState.Tests;

/// <summary>Reproducible random choices (splitmix64): the seed is printed, and MEMPULSE_SEED sets it.</summary>
internal sealed class SeededChoice
{
    private ulong _state;

    public SeededChoice()
    {
        Seed = ulong.TryParse(Environment.GetEnvironmentVariable("MEMPULSE_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong given)
            ? given
            : (ulong)TimeProvider.System.GetTimestamp();
        _state = Seed;
    }

    public SeededChoice(int seed) => _state = Seed = (ulong)seed;

    public ulong Seed { get; }

    /// <summary>A number from 0, below <paramref name="end"/>.</summary>
    public int Next(int end) => (int)(Next() % (ulong)end);

    /// <summary>A number from <paramref name="from"/>, below <paramref name="end"/>.</summary>
    public int Next(int from, int end) => from + Next(end - from);

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9e3779b97f4a7c15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return mixed ^ (mixed >> 31);
        }
    }
}
