using Mempulse.Primitives;

namespace Mempulse.Features.Grading;

/// <summary>What the trades that the last fact graded say about their tokens, for the derivations that follow.</summary>
internal interface IGradedTrades
{
    /// <summary>The tokens of these trades for which the logs decide it, and whether less of them arrived than was sent.</summary>
    IReadOnlyList<(Address Token, bool ArrivedLess)> LastTokens { get; }
}
