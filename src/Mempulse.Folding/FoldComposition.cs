using Mempulse.Features;
using Mempulse.Features.Rules;
using Mempulse.Outcomes;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay;
using Mempulse.Replay.Derivations;
using Mempulse.Replay.Entries;

namespace Mempulse.Folding;

/// <summary>The derivations that fold a chain's log. Every engine outside <c>Mempulse.Replay</c> and its tests is created here.</summary>
/// <remarks>
/// <para>Immutable and thread-safe. Derivations hold state, so each engine gets its own instances.</para>
/// <para>The order is fixed: the lifecycle, the bases of simulations and the observations, which are built into the engine,
/// then those listed here. <see cref="ReplayEngine.RuleVersion"/> combines the names and versions of all of them.</para>
/// </remarks>
public sealed class FoldComposition
{
    private readonly IReadOnlyList<Func<IRulesContents, IReadOnlyList<IDerivation>>> _further;
    private readonly IRulesContents _rules;

    private FoldComposition(EventCatalog events, IRulesContents rules, IReadOnlyList<Func<IRulesContents, IReadOnlyList<IDerivation>>> further) =>
        (Events, _rules, _further) = (events, rules, further);

    /// <summary>The composition that the node and the command line use, for a log that loads no rules. Add a new derivation here.</summary>
    public static FoldComposition Default { get; } = new(EventCatalog.Core, NoRules.Instance, [static rules => FeatureDerivations.Create(rules, ProgramStrategies.Instance), static _ => OutcomeDerivations.Create()]);

    /// <summary>A composition of other derivations after those that are built into the engine.</summary>
    /// <param name="events">The event kinds that it reads and derives.</param>
    /// <param name="create">Creates the derivations, which may share what they know; called once per engine.</param>
    public static FoldComposition Of(EventCatalog events, Func<IRulesContents, IReadOnlyList<IDerivation>> create) => new(events, NoRules.Instance, [create]);

    /// <summary>A composition of these derivations alone, so that tests reach their bounds within a few facts.</summary>
    internal static FoldComposition Of(Func<IReadOnlyList<IDerivation>> create) => new(EventCatalog.Core, NoRules.Instance, [_ => create()]);

    /// <summary>The event kinds that this composition reads and derives. Code that displays events uses it too.</summary>
    public EventCatalog Events { get; }

    /// <summary>Returns this composition for a log whose rules have these contents.</summary>
    public FoldComposition Reading(IRulesContents rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new FoldComposition(Events, rules, _further);
    }

    /// <summary>Returns this composition with one more derivation at the end.</summary>
    /// <param name="create">Creates the derivation; called once per engine.</param>
    /// <param name="kinds">The event kinds it reads or derives that this composition does not know yet.</param>
    public FoldComposition With(Func<IDerivation> create, params IReadOnlyList<EventType> kinds)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new FoldComposition(Events.With(kinds), _rules, [.. _further, _ => [create()]]);
    }

    /// <summary>Creates an engine at the start of the log.</summary>
    public ReplayEngine Create(ChainId chain) => ReplayEngine.Create(chain, Events, Derivations());

    /// <summary>Restores an engine from a checkpoint.</summary>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or belongs to another format, chain or composition.</exception>
    /// <exception cref="RulesUnavailableException">The content of the rules that it names cannot be used.</exception>
    public ReplayEngine Restore(ChainId chain, ReadOnlySpan<byte> checkpoint) => ReplayEngine.Restore(chain, Events, checkpoint, Derivations());

    private IDerivation[] Derivations() => [.. _further.SelectMany(create => create(_rules))];
}
