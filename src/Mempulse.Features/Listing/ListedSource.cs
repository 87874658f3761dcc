using Mempulse.Primitives;

namespace Mempulse.Features.Listing;

/// <summary>A source that rows of a list refer to.</summary>
/// <param name="Observer">The number by which they do.</param>
/// <param name="Source">Its id.</param>
/// <param name="Name">Its name; empty until it is recorded.</param>
/// <param name="Lane">The lane that it feeds.</param>
public sealed record ListedSource(uint Observer, SourceId Source, string Name, string Lane);
