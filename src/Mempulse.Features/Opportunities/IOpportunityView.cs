using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;

namespace Mempulse.Features.Opportunities;

/// <summary>The opportunities that the fold holds. Read it between facts; confined to the fold's thread.</summary>
public interface IOpportunityView
{
    /// <summary>How many there are, and what was left out.</summary>
    OpportunityCounts Counts { get; }

    /// <summary>The strategies that run, each as id and version, in the order in which they run.</summary>
    IReadOnlyList<string> Strategies { get; }

    /// <summary>An opportunity that is held.</summary>
    bool TryGet(in Hash256 id, [NotNullWhen(true)] out Opportunity? opportunity);

    /// <summary>The opportunities of a pending transaction, in the order of their ranks.</summary>
    IReadOnlyList<Opportunity> OfTx(in Hash256 tx);

    /// <summary>Opportunities that hold, were handed on and were not simulated yet, in the order of their ranks.</summary>
    IReadOnlyList<Opportunity> ToSimulate(int most);

    /// <summary>The opportunities that a query asks for, in the order of their ranks. Walks over all of them.</summary>
    IReadOnlyList<Opportunity> List(OpportunityQuery query);
}
