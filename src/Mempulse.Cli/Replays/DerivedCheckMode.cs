namespace Mempulse.Cli.Replays;

/// <summary>What is made of differences between logged and derived events.</summary>
internal enum DerivedCheckMode
{
    /// <summary>Only the state counts.</summary>
    Ignore,

    /// <summary>They are reported, and the exit code says so.</summary>
    Compare,
}
