using Mempulse.Primitives;

namespace Mempulse.Outcomes.Traces;

/// <summary>A span of another trace.</summary>
/// <param name="Opportunity">The opportunity of that trace.</param>
/// <param name="Id">The span's id.</param>
public readonly record struct SpanLink(Hash256 Opportunity, GlobalSeq Id);
