namespace Mempulse.Cli.Captures;

/// <summary>Number of events that playing a capture appended.</summary>
/// <param name="Facts">Facts appended.</param>
/// <param name="Derived">Derived events appended.</param>
internal readonly record struct PlayCounts(long Facts, long Derived);
