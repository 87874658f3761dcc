namespace Mempulse.Cli.Replays;

/// <summary>How to treat differences between logged and derived events.</summary>
internal enum DerivedCheckMode
{
    /// <summary>Ignore them; only the state counts.</summary>
    Ignore,

    /// <summary>Report them, and return <see cref="ExitCode.Damage"/>.</summary>
    Compare,
}
