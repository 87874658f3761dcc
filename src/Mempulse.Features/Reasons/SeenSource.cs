using Mempulse.Primitives;

namespace Mempulse.Features.Reasons;

/// <summary>A source, in one lane that it feeds.</summary>
/// <param name="Source">The source.</param>
/// <param name="Name">Its name; empty until it is recorded.</param>
/// <param name="IsConnected">True while it is connected.</param>
/// <param name="FirstConnectedAt">When it first connected; null for never.</param>
/// <param name="Sightings">Its sightings.</param>
public sealed record SeenSource(SourceId Source, string Name, bool IsConnected, UnixNanoseconds? FirstConnectedAt, ulong Sightings);
