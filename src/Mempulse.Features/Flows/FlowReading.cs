namespace Mempulse.Features.Flows;

/// <summary>What the movements of a transaction say.</summary>
/// <param name="Label">What it is for.</param>
/// <param name="Nets">What its party gave and received, by ascending token; balances of zero are omitted.</param>
/// <param name="IsCut">True if there were more movements than are kept, so that nothing follows from them.</param>
public sealed record FlowReading(FlowLabel Label, IReadOnlyList<TokenNet> Nets, bool IsCut);
