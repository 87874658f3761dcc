namespace Mempulse.Cli.Captures;

/// <summary>What playing a capture into a log came to.</summary>
/// <param name="Facts">Facts appended.</param>
/// <param name="Derived">Derived events appended.</param>
internal readonly record struct PlayCounts(long Facts, long Derived);
