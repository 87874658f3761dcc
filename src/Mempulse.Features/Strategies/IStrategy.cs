using Mempulse.Primitives.Events;

namespace Mempulse.Features.Strategies;

/// <summary>Looks for something to be done about a pending transaction: data in, data out. A function of its arguments, with integers only.</summary>
/// <remarks>
/// <para>Immutable and thread-safe. Its version rises whenever the same state gives other candidates.</para>
/// <para>What it finds runs after the trigger: a candidate has no place for a transaction before it. How to write one: docs/strategies.md.</para>
/// </remarks>
public interface IStrategy
{
    /// <summary>Its name in configuration and in events, such as "backrun-arbitrage".</summary>
    string Id { get; }

    /// <summary>Its version, from 1.</summary>
    int Version { get; }

    /// <summary>What all of its candidates are for.</summary>
    OppPurpose Purpose { get; }

    /// <summary>Adds what is to be done about a pending transaction.</summary>
    /// <param name="trade">What the transaction does, as far as the registry and the book tell.</param>
    /// <param name="views">What the fold knows.</param>
    /// <param name="found">Receives the candidates.</param>
    void Find(PendingTrade trade, StrategyViews views, CandidateList found);
}
