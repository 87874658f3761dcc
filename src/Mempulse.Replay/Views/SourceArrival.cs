namespace Mempulse.Replay.Views;

/// <summary>When a source announced a transaction.</summary>
/// <param name="Observer">The source in its lane, by the number that the fold gave it.</param>
/// <param name="AfterMicros">How long after the first source, in microseconds.</param>
public readonly record struct SourceArrival(uint Observer, uint AfterMicros);
